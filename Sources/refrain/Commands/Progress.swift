import Telemetry

/// Progress of long work on standard error: a line that renews itself on a terminal, one line at the end elsewhere.
struct Progress {
    private let total: Int
    private let label: String
    private let isTerminal = StandardError.isTerminal
    private var shown: ContinuousClock.Instant?

    /// A terminal that is written to without a pause costs more than the work.
    private static let pause: Duration = .milliseconds(100)

    init(of total: Int, label: String) {
        self.total = total
        self.label = label
    }

    /// - Parameter note: what stands behind the bar.
    mutating func advance(to done: Int, saying note: @autoclosure () -> String) {
        guard isTerminal, total > 0, shown.map({ $0.duration(to: .now) >= Self.pause }) ?? true else { return }
        shown = .now
        let width = 30
        let filled = min(done, total) * width / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        StandardError.write("\r\u{1B}[K\(label) \(bar) \(note())")
    }

    /// Prints a message above the bar. It may hold texts of others.
    mutating func interrupt(_ message: String) {
        let message = CellText.plain(message)
        StandardError.write(isTerminal ? "\r\u{1B}[K\(message)\n" : "\(message)\n")
    }

    mutating func finish(_ message: String) {
        interrupt(message)
    }
}
