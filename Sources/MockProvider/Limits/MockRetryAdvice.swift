import NIOCore

/// When an error says to come again, and how.
struct MockRetryAdvice: Sendable, Equatable {
    let wait: Duration
    let form: MockRetryAfterForm

    /// - Parameter form: nil for the dialect's own way.
    init(_ wait: Duration, form: MockRetryAfterForm?, in dialect: MockDialect) {
        self.wait = wait
        self.form = form ?? (dialect == .gemini ? .retryInfo : .seconds)
    }

    /// Seconds with what `RetryInfo` writes behind them, if that is where the advice stands.
    var retryDelay: String? {
        form == .retryInfo ? "\(decimal)s" : nil
    }

    /// - Parameter now: seconds since 1970.
    func headers(in dialect: MockDialect, now: Int) -> [String: String] {
        switch form {
        case .seconds: ["retry-after": String(wholeSeconds)]
        case .decimal: ["retry-after": decimal]
        case .date: ["retry-after": MockDate(seconds: now + wholeSeconds).http]
        case .milliseconds: ["retry-after-ms": String(milliseconds)]
        case .retryInfo: [:]
        case .rateHeaders:
            MockRateWindow.Decision(
                isAdmitted: false, requests: .init(limit: 60, remaining: 0), tokens: .init(limit: 60_000, remaining: 0),
                reset: .milliseconds(Int64(milliseconds))
            ).headers(in: dialect, now: now)
        }
    }

    private var milliseconds: Int {
        Int(wait / .milliseconds(1))
    }

    /// Rounded up: who waits so long is let through.
    private var wholeSeconds: Int {
        (milliseconds + 999) / 1000
    }

    private var decimal: String {
        "\(milliseconds / 1000)." + String(1000 + milliseconds % 1000).dropFirst()
    }
}
