package import Logging

/// Writes each log event as one line to standard error: a swift-log handler.
///
/// A line is one system call, made on the caller's thread; a reader of standard error that stalls holds the caller.
/// A message and each key and value are cut at 4,096 characters.
package struct LogConsole: LogHandler {
    /// How lines look.
    package enum Format: Sendable, Equatable {
        case text(isColored: Bool)
        case json

        /// Text, in colours when standard error is a terminal and `NO_COLOR` (no-color.org) is unset or empty.
        package static func automatic() -> Format {
            automatic(isTerminal: StandardError.isTerminal, noColor: StandardError.environment("NO_COLOR"))
        }

        static func automatic(isTerminal: Bool, noColor: String?) -> Format {
            .text(isColored: isTerminal && (noColor ?? "").isEmpty)
        }
    }

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let format: Format
    private let write: @Sendable (String) -> Void
    private let now: @Sendable () -> UTCTimestamp

    /// - Parameters:
    ///   - label: the logger's name; shown in JSON only.
    ///   - level: what is below is not written; settable later.
    package init(label: String, level: Logger.Level = .info, format: Format = .automatic()) {
        self.init(label: label, level: level, format: format, now: UTCTimestamp.now) {
            StandardError.write($0)
        }
    }

    /// - Parameters:
    ///   - now: the clock.
    ///   - write: takes one line with its end; called from any thread.
    init(
        label: String, level: Logger.Level, format: Format, now: @escaping @Sendable () -> UTCTimestamp,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.logLevel = level
        self.format = format
        self.now = now
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// The event's own metadata win over the provider's, and those over the handler's.
    package func log(event: LogEvent) {
        var merged = metadata
        if let provided = metadataProvider?.get() { merged.merge(provided) { $1 } }
        if let own = event.metadata { merged.merge(own) { $1 } }
        if let error = event.error, merged[LogKeys.error] == nil { merged[LogKeys.error] = .string("\(error)") }
        let message = event.message.description
        let line =
            switch format {
            case .text(let isColored):
                LogText.line(
                    time: now(), level: event.level, message: message, metadata: merged, isColored: isColored)
            case .json:
                LogJSON.line(time: now(), level: event.level, label: label, message: message, metadata: merged)
            }
        write(line + "\n")
    }
}
