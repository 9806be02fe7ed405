import GatewayCore

/// One target that a request may go to, with what this request would be there.
struct RouteCandidate: Sendable {
    let target: Target
    /// Lower ones first.
    var tier: Int
    let weight: Double
    let limits: Limits
    let profile: ModelProfile?
    let estimate: TokenEstimate
    /// Nano-dollars as estimated; nil when the prices are not known.
    let cost: Int?
}

extension StrategyCandidate {
    init(_ candidate: RouteCandidate, condition: TargetCondition, task: TaskType) {
        self.init(candidate.target.deployment)
        tier = candidate.tier
        weight = candidate.weight
        self.condition = condition
        price = candidate.cost.map(Int64.init)
        quality = candidate.profile?.quality(for: task).map(Double.init)
    }
}
