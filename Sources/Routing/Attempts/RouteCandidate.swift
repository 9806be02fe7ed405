import GatewayCore

/// One target that a request may go to, with what this request would be there.
struct RouteCandidate: Sendable {
    let target: Target
    /// Lower ones first.
    var tier: Int
    let weight: Double
    let limits: Limits
    let retry: RetryRule
    let fallback: FallbackRule
    let profile: ModelProfile?
    let estimate: TokenEstimate
    /// Nano-dollars as estimated; nil when the prices are not known.
    let cost: Int?

    /// The cost with what the provider is expected to have kept of the session's last prompt.
    func cost(after stay: AffinityTable.Stay?) -> Int? {
        guard let stay, stay.deployment == target.deployment, let profile, cost != nil else { return cost }
        let cached = stay.cachedTokens(ofInput: estimate.input)
        return profile.cost(
            of: TokenUsage(
                inputUncached: estimate.input - cached, cacheRead: cached, outputText: estimate.output))
    }
}

extension StrategyCandidate {
    /// - Parameter stay: the last answer of the request's session.
    init(
        _ candidate: RouteCandidate, condition: TargetCondition, task: TaskType, after stay: AffinityTable.Stay?,
        learning: LearnedRequest?
    ) {
        self.init(candidate.target.deployment)
        tier = candidate.tier
        weight = candidate.weight
        self.condition = condition
        price = candidate.cost(after: stay).map(Int64.init)
        quality = candidate.profile?.quality(for: task).map(Double.init)
        learned = learning?.score(of: deployment)
    }
}
