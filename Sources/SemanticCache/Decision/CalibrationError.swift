/// Why there is no calibration to decide by.
package struct CalibrationError: Error, Sendable, CustomStringConvertible {
    /// By what the caller acts.
    package enum Code: String, Sendable {
        /// The table knows no encoder like this.
        case noCalibration = "no_calibration"
        /// The table's file is not what it should be.
        case malformed
    }

    package let code: Code
    /// What was expected, and what was found.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Never: the file has to be changed first.
    package var isRetriable: Bool { false }

    package var description: String { "\(code.rawValue): \(message)" }
}
