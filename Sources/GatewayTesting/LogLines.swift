package import Logging
import NIOConcurrencyHelpers

/// Keeps the messages of a logger, so that a test can count them and wait for them.
package final class LogLines: Sendable {
    private struct State {
        var messages: [String] = []
        var metadata: [String] = []
        var waiters: [(message: String, count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    /// A logger that keeps everything here.
    package var logger: Logger {
        Logger(label: "test") { _ in Handler(lines: self) }
    }

    /// In the order they were logged.
    package var messages: [String] { state.withLockedValue { $0.messages } }

    /// All that was logged, with what stood beside the messages.
    package var text: String {
        state.withLockedValue { zip($0.messages, $0.metadata).map { "\($0) \($1)\n" }.joined() }
    }

    package func count(of message: String) -> Int {
        state.withLockedValue { $0.messages.count { $0 == message } }
    }

    /// Waits until `message` was logged `count` times. Give the test a time limit.
    package func wait(for message: String, count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLockedValue { state in
                if state.messages.count(where: { $0 == message }) >= count { return true }
                state.waiters.append((message, count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    private func append(_ message: String, metadata: String) {
        let met = state.withLockedValue { state in
            state.messages.append(message)
            state.metadata.append(metadata)
            let messages = state.messages
            func isMet(_ message: String, _ count: Int) -> Bool { messages.count { $0 == message } >= count }
            let met = state.waiters.filter { isMet($0.message, $0.count) }
            state.waiters.removeAll { isMet($0.message, $0.count) }
            return met
        }
        for waiter in met { waiter.continuation.resume() }
    }

    private struct Handler: LogHandler {
        let lines: LogLines
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]
        var metadataProvider: Logger.MetadataProvider?

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.append("\(event.message)", metadata: "\(event.metadata ?? [:])")
        }
    }
}
