import Logging
import NIOConcurrencyHelpers

/// Keeps log events for a test to look at.
final class CapturedLog: Sendable {
    private let box = NIOLockedValueBox<[LogEvent]>([])

    var events: [LogEvent] { box.withLockedValue { $0 } }

    func logger(level: Logger.Level = .trace) -> Logger {
        Logger(label: "test") { _ in Handler(log: self, logLevel: level) }
    }

    private struct Handler: LogHandler {
        let log: CapturedLog
        var logLevel: Logger.Level
        var metadata: Logger.Metadata = [:]
        var metadataProvider: Logger.MetadataProvider?

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { log.box.withLockedValue { $0.append(event) } }
    }
}
