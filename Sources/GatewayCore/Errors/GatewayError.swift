package import NIOCore

/// What a client is told when its request cannot be answered. Only what stands here leaves the process: causes
/// with addresses, keys or foreign text stay in the log.
package struct GatewayError: Error, Sendable, CustomStringConvertible {
    package let code: GatewayErrorCode
    /// What was expected and what was found, for the person who wrote the client.
    package let message: String
    /// The request field at fault, such as `messages[0].role`.
    package let parameter: String?
    /// When it makes sense to come again.
    package let retryAfter: Duration?
    /// The status and body a provider answered, when its refusal is the client's own fault and is passed on.
    package let providerAnswer: ProviderAnswer?
    /// Which limit refused the request, for metrics.
    package var refusal: LimitRefusal?
    /// What is left of that limit, where it is the caller's own.
    package var limit: LimitNote?

    /// A provider's own words.
    package struct ProviderAnswer: Sendable {
        package let status: Int
        package let body: ByteBuffer

        package init(status: Int, body: ByteBuffer) {
            self.status = status
            self.body = body
        }
    }

    package init(
        _ code: GatewayErrorCode, _ message: String, parameter: String? = nil, retryAfter: Duration? = nil,
        providerAnswer: ProviderAnswer? = nil
    ) {
        self.code = code
        self.message = message
        self.parameter = parameter
        self.retryAfter = retryAfter
        self.providerAnswer = providerAnswer
    }

    /// The HTTP status of the answer.
    package var status: Int { providerAnswer?.status ?? code.status }

    package var description: String { "\(code.rawValue): \(message)" }
}
