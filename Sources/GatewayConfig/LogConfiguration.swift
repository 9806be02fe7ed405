package import Logging

/// What is logged, and how it looks.
package struct LogConfiguration: Sendable, Equatable {
    /// How a line looks.
    package enum Format: String, Sendable, CaseIterable {
        /// Text, in colours on a terminal.
        case auto
        /// Text without colours.
        case text
        /// One JSON object a line.
        case json
    }

    /// What is below is not logged.
    package var level: Logger.Level = .info
    package var format: Format = .auto

    package init() {}
}
