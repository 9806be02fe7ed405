/// Why a measurement could not be made at all. Requests that fail during one are counted in its report.
package struct LoadError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: String, Sendable {
        /// Nobody listens there, or not in time.
        case cannotConnect
        /// The plan asks for no connection, no time or no rate.
        case invalidPlan
        /// The answer breaks HTTP/1.1 or what the generator reads of it.
        case malformedResponse
        /// The connection ended or fell silent before the answer was whole.
        case connectionLost
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Whether the same call may succeed later.
    package var isRetriable: Bool { code == .cannotConnect || code == .connectionLost }

    package var description: String { "\(code.rawValue): \(message)" }
}
