import Telemetry

/// Progress of long work on standard error: a line that renews itself on a terminal, one line at the end elsewhere.
struct Progress {
    private let total: Int
    private let label: String
    private let isTerminal = StandardError.isTerminal

    init(of total: Int, label: String) {
        self.total = total
        self.label = label
    }

    mutating func advance(to done: Int) {
        guard isTerminal, total > 0 else { return }
        let width = 30
        let filled = done * width / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        StandardError.write("\r\u{1B}[K\(label) \(bar) \(done)/\(total)")
    }

    /// Prints a message above the bar.
    mutating func interrupt(_ message: String) {
        StandardError.write(isTerminal ? "\r\u{1B}[K\(message)\n" : "\(message)\n")
    }

    mutating func finish(_ message: String) {
        interrupt(message)
    }
}
