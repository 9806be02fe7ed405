import Telemetry

/// What is being measured, on a line of a terminal that renews itself; nothing elsewhere.
enum BenchProgress {
    static func show(_ text: String) {
        if StandardError.isTerminal { StandardError.write("\r\u{1B}[K\(text)") }
    }

    static func clear() {
        if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
    }
}
