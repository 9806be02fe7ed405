import NIOCore

extension MockRateWindow.Decision {
    /// The rate headers of a dialect; Google and Amazon send none.
    /// - Parameter now: seconds since 1970.
    func headers(in dialect: MockDialect, now: Int) -> [String: String] {
        var headers: [String: String] = [:]
        switch dialect {
        case .openAI:
            for (name, dimension) in [("requests", requests), ("tokens", tokens)] {
                guard let dimension else { continue }
                headers["x-ratelimit-limit-\(name)"] = String(dimension.limit)
                headers["x-ratelimit-remaining-\(name)"] = String(dimension.remaining)
                headers["x-ratelimit-reset-\(name)"] = Self.goDuration(reset)
            }
        case .anthropic:
            // Rounded up, as RFC 3339 in whole seconds is what is sent.
            let end = MockDate(seconds: now + Int((reset.nanoseconds + 999_999_999) / 1_000_000_000)).internet
            let all = [("requests", requests)] + ["tokens", "input-tokens", "output-tokens"].map { ($0, tokens) }
            for (name, dimension) in all {
                guard let dimension else { continue }
                headers["anthropic-ratelimit-\(name)-limit"] = String(dimension.limit)
                headers["anthropic-ratelimit-\(name)-remaining"] = String(dimension.remaining)
                headers["anthropic-ratelimit-\(name)-reset"] = end
            }
        case .gemini, .bedrock: break
        }
        return headers
    }

    /// A duration as Go writes it: `76ms`, `7.66s`, `6m0s`, `1h2m3.5s`.
    static func goDuration(_ amount: TimeAmount) -> String {
        let milliseconds = max(0, amount.nanoseconds / 1_000_000)
        guard milliseconds >= 1000 else { return "\(milliseconds)ms" }
        let (hours, minutes) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60)
        var seconds = String(milliseconds % 60_000 / 1000)
        var fraction = String(String(1000 + milliseconds % 1000).dropFirst())
        while fraction.hasSuffix("0") { fraction.removeLast() }
        if !fraction.isEmpty { seconds += "." + fraction }
        if hours > 0 { return "\(hours)h\(minutes)m\(seconds)s" }
        return minutes > 0 ? "\(minutes)m\(seconds)s" : "\(seconds)s"
    }
}
