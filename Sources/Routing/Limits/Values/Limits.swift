/// What a deployment, a key or a team may use. Limits are arguments of every decision, not state: a change counts from
/// the next decision on.
package struct Limits: Sendable, Equatable {
    package var requests: Int?
    package var inputTokens: Int?
    package var outputTokens: Int?
    package var totalTokens: Int?
    package var requestsPerDay: Int?
    package var tokensPerDay: Int?
    /// Calls at the same time.
    package var concurrency: Int?
    /// How the limits of a minute are counted.
    package var window = LimitWindow.sliding
    /// How much of the even share (limit ÷ 60) one second may take; nil where seconds are not looked at. A second
    /// takes at least one request of any size.
    package var burst: Double?
    /// Minutes after midnight at which a day's count starts anew, in the zone; without one in UTC.
    package var dayStart = 0
    /// Whose midnight counts, with its summer times; nil for UTC.
    package var dayZone: DayZone?

    package init() {}

    /// The limit in one dimension; nil for none. Negative ones count as zero.
    package subscript(dimension: LimitDimension) -> Int? {
        let limit =
            switch dimension {
            case .requests: requests
            case .inputTokens: inputTokens
            case .outputTokens: outputTokens
            case .totalTokens: totalTokens
            case .requestsPerDay: requestsPerDay
            case .tokensPerDay: tokensPerDay
            }
        return limit.map(Self.countable)
    }

    /// The largest amount that is counted exactly, in process and in the scripts, which have nothing but doubles.
    package static let largestAmount = 9_007_199_254_740_991

    /// `amount`, not below zero and not above ``largestAmount``.
    package static func countable(_ amount: Int) -> Int { min(max(0, amount), largestAmount) }

    /// The same with a part of the tokens kept free. Tokens are estimated before a call: where the provider counts
    /// exactly, a limit used to the last token is exceeded by the errors of the calls under way. With errors of 25 %
    /// and 30 calls under way they come to 0.2 % of a minute's tokens.
    package func keepingFree(_ share: Double) -> Limits {
        func cut(_ limit: Int?) -> Int? { limit.map { Int(Double($0) * (1 - min(max(share, 0), 1))) } }
        var kept = self
        kept.inputTokens = cut(inputTokens)
        kept.outputTokens = cut(outputTokens)
        kept.totalTokens = cut(totalTokens)
        kept.tokensPerDay = cut(tokensPerDay)
        return kept
    }

    /// Whether any use has to be counted.
    package var countUse: Bool { LimitDimension.allCases.contains { self[$0] != nil } }

    /// Whether a day's use has to be counted.
    package var countDays: Bool { requestsPerDay != nil || tokensPerDay != nil }
}
