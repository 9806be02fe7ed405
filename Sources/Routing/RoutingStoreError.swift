/// Why a store of the routing's could not be asked: what replicas know of health, what they learned, and what answers
/// may be judged.
package struct RoutingStoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong, as a stable value of few.
    package enum Code: String, Sendable {
        /// The store does not answer.
        case unavailable
        /// It answers what cannot be read.
        case malformed
    }

    package let code: Code
    /// What was expected, what was found, and where.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Whether the same may succeed later by itself.
    package var isRetriable: Bool { code == .unavailable }

    package var description: String { "\(code.rawValue): \(message)" }
}
