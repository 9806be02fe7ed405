/// How fast a target answers, and how many answers say so.
package struct LatencyFigures: Sendable, Equatable {
    /// Zero if `firstTokenSamples` is.
    package var timeToFirstToken: Duration = .zero
    package var firstTokenSamples: Int64 = 0
    /// Zero if `perTokenSamples` is.
    package var timePerToken: Duration = .zero
    package var perTokenSamples: Int64 = 0

    package init() {}

    /// How long an answer of that many tokens takes; nil with less than `minimum` samples of what it is made from.
    /// A target that never streams has no time to first token: there the time per token holds it already.
    package func predicted(outputTokens: Int, minimum: Int64) -> Duration? {
        guard perTokenSamples >= minimum || (outputTokens <= 1 && firstTokenSamples >= minimum) else { return nil }
        return timeToFirstToken + timePerToken * max(outputTokens, 0)
    }
}

extension LatencyFigures {
    init(_ sums: LatencySums) {
        if let mean = sums.meanFirstToken { timeToFirstToken = .microseconds(mean) }
        if let mean = sums.meanPerToken { timePerToken = .microseconds(mean) }
        firstTokenSamples = sums.firstTokens
        perTokenSamples = sums.decodes
    }

    init(usual row: HealthRow) {
        timeToFirstToken = .microseconds(row.firstTokenMicroseconds)
        firstTokenSamples = row.firstTokenSamples
        timePerToken = .microseconds(row.perTokenMicroseconds)
        perTokenSamples = row.perTokenSamples
    }
}
