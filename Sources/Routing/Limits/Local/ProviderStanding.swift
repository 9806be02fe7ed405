/// What a provider last said of one deployment. Pure: times are milliseconds.
struct ProviderStanding: Sendable {
    /// By dimension; zero for none.
    private(set) var blockedUntil = [Double](repeating: 0, count: 6)
    private var remaining = [Double](repeating: .infinity, count: 6)
    private var resets = [Double](repeating: 0, count: 6)

    /// Until when the dimension is blocked; nil when it is not.
    func block(_ dimension: LimitDimension, at now: Double) -> Double? {
        let end = blockedUntil[dimension.rawValue]
        return end > now ? end : nil
    }

    /// What is left of the dimension by the provider's count, and until when that counts.
    func reading(_ dimension: LimitDimension, at now: Double) -> (remaining: Double, until: Double)? {
        let until = resets[dimension.rawValue]
        return until > now ? (remaining[dimension.rawValue], until) : nil
    }

    mutating func block(_ dimension: LimitDimension, until end: Double) {
        blockedUntil[dimension.rawValue] = max(blockedUntil[dimension.rawValue], end)
    }

    mutating func read(_ dimension: LimitDimension, remaining left: Double, until end: Double) {
        remaining[dimension.rawValue] = left
        resets[dimension.rawValue] = end
    }

    /// Takes what is reserved off the remainders, while any of them counts.
    mutating func take(_ cost: UsageCost, at now: Double) {
        guard isWorthKeeping(at: now) else { return }
        for dimension in LimitDimension.allCases {
            remaining[dimension.rawValue] = max(0, remaining[dimension.rawValue] - cost[dimension])
        }
    }

    func isWorthKeeping(at now: Double) -> Bool {
        blockedUntil.contains { $0 > now } || resets.contains { $0 > now }
    }
}
