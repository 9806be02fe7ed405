import Telemetry

/// What is being measured, on standard error: a line of a terminal that renews itself, a line each elsewhere.
enum BenchProgress {
    static func show(_ text: String) {
        StandardError.write(StandardError.isTerminal ? "\r\u{1B}[K\(text)" : text + "\n")
    }

    static func clear() {
        if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
    }
}
