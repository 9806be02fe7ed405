package import GatewayCore
package import NIOCore

/// Why a provider's answer cannot be used, in the terms by which the gateway acts.
package struct ProviderFailure: Error, Sendable, CustomStringConvertible {
    package private(set) var kind: Kind
    /// The HTTP status, when there was one.
    package let status: Int?
    /// What the provider said, for logs: at most 500 bytes, without control characters. Never sent to a client.
    package private(set) var message: String
    /// How long the provider asks to be left alone, at most an hour.
    package private(set) var retryAfter: Duration?
    /// Which of the provider's limits has no room, where it says so.
    package let spent: ProviderLimit.Kind?
    /// Whether the request may have reached the provider, and been counted there.
    package let wasSent: Bool
    /// Whether no connection came about, and the next one may.
    package let mayReconnect: Bool
    /// The client's field at fault, where the request could not be said to the provider.
    package private(set) var parameter: String?
    /// The body of the refusal as it came, for the client whose fault it is.
    package private(set) var body: ByteBuffer?

    package init(
        _ kind: Kind, message: String, status: Int? = nil, retryAfter: Duration? = nil,
        spent: ProviderLimit.Kind? = nil, wasSent: Bool = true, mayReconnect: Bool = false, body: ByteBuffer? = nil
    ) {
        self.kind = kind
        self.status = status
        self.message = Self.bounded(message)
        self.retryAfter = retryAfter
        self.spent = spent
        self.wasSent = wasSent
        self.mayReconnect = mayReconnect
        self.body = body
    }

    /// Whether any other target may do better: not for what is the request's own fault. Asked before the first byte
    /// went to the client; after it nothing may be tried again.
    package var triesNextTarget: Bool {
        switch kind {
        case .rateLimited, .quotaGone, .overloaded, .serverError, .auth, .malformedAnswer, .truncated, .streamError,
            .transport, .timeout, .unsupported, .modelNotFound:
            true
        case .contextTooLong, .contentPolicy, .badRequest: false
        }
    }

    /// The request cannot be said in the provider's dialect. Another target may have a word for it.
    package init(unsupported error: GatewayError) {
        self.init(.unsupported, message: error.message, wasSent: false)
        parameter = error.parameter
    }

    /// The same in other words.
    package func saying(_ message: String, body: ByteBuffer?) -> ProviderFailure {
        var other = self
        (other.message, other.body) = (Self.bounded(message), body)
        return other
    }

    /// The same for a client that would not understand the provider's body.
    var withoutBody: ProviderFailure {
        var other = self
        other.body = nil
        return other
    }

    /// The same of another kind.
    /// - Parameter retryAfter: nil for as long as before.
    func called(_ kind: Kind, retryAfter: Duration? = nil) -> ProviderFailure {
        var other = self
        (other.kind, other.retryAfter) = (kind, retryAfter ?? other.retryAfter)
        return other
    }

    /// The value of the metric label.
    package var label: String { kind.rawValue }

    package var description: String {
        let place = status.map { " (status \($0))" } ?? ""
        return "\(label)\(place): \(message)"
    }

    /// Cuts in front of the character that would pass 500 bytes.
    private static func bounded(_ text: String) -> String {
        var output = ""
        var size = 0
        for scalar in text.unicodeScalars {
            size += UTF8.width(scalar)
            guard size <= 500 else { break }
            let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
            output.unicodeScalars.append(isControl ? " " : scalar)
        }
        return output
    }
}
