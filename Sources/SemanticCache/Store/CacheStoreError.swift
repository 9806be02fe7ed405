/// Why the store could not do what it was asked. The request goes on without it.
package struct CacheStoreError: Error, Sendable, CustomStringConvertible {
    /// By what the caller acts.
    package enum Code: String, Sendable {
        /// No answer in time, or no connection.
        case unavailable
        /// The change log no longer reaches back far enough.
        case gap
        /// A newer answer stands there, or an operator's own.
        case superseded
        /// Something stands in the store that is no entry of ours.
        case malformed
        /// The tenant's quota has no room for it.
        case overQuota = "over_quota"
    }

    package let code: Code
    /// For the log.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}
