/// Why a store of limits cannot decide. The caller goes on with another one.
package struct LimitError: Error, Sendable, CustomStringConvertible {
    /// By what the caller acts; a metric label.
    package enum Code: String, Sendable {
        /// No connection.
        case unavailable
        /// No answer in time: what was asked may have happened.
        case timeout
        /// The caller's task was cancelled: that says nothing of the store.
        case cancelled
        /// The answer is none of ours, or something else stands under a key.
        case malformed
    }

    package let code: Code
    /// What was expected and what was found, for the log.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Whether the same may succeed later by itself.
    package var isRetriable: Bool { code == .unavailable || code == .timeout }

    package var description: String { "\(code.rawValue): \(message)" }
}
