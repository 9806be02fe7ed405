import GatewayCore

/// One target that a request may go to, with what this request would be there.
///
/// All but its tier stands fast and is shared by its copies: candidates are moved between lists for every request.
struct RouteCandidate: Sendable {
    private final class Fixed: Sendable {
        let target: Target
        let rules: TargetRules
        let profile: ModelProfile?
        let estimate: TokenEstimate
        let cost: Int?

        init(
            _ target: Target, _ rules: TargetRules, _ profile: ModelProfile?, _ estimate: TokenEstimate, _ cost: Int?
        ) {
            self.target = target
            self.rules = rules
            self.profile = profile
            self.estimate = estimate
            self.cost = cost
        }
    }

    /// Lower ones first.
    var tier: Int
    private let fixed: Fixed

    /// - Parameter cost: nano-dollars as estimated; nil when the prices are not known.
    init(
        target: Target, tier: Int, rules: TargetRules, profile: ModelProfile?, estimate: TokenEstimate, cost: Int?
    ) {
        self.tier = tier
        fixed = Fixed(target, rules, profile, estimate, cost)
    }

    var target: Target { fixed.target }
    var weight: Double { fixed.rules.weight }
    var limits: Limits { fixed.rules.limits }
    var retry: RetryRule { fixed.rules.retry }
    var fallback: FallbackRule { fixed.rules.fallback }
    var profile: ModelProfile? { fixed.profile }
    var estimate: TokenEstimate { fixed.estimate }
    var cost: Int? { fixed.cost }

    /// The same where nothing is limited and nothing is paid.
    var free: RouteCandidate {
        var rules = fixed.rules
        rules.limits = Limits()
        return RouteCandidate(
            target: target, tier: tier, rules: rules, profile: nil, estimate: .none, cost: nil)
    }

    /// The cost with what the provider is expected to have kept of the session's last prompt.
    func cost(after stay: AffinityTable.Stay?) -> Int? {
        guard let stay, stay.deployment == target.deployment, let profile, cost != nil else { return cost }
        let cached = stay.cachedTokens(ofInput: estimate.input)
        return profile.cost(
            of: TokenUsage(
                inputUncached: estimate.input - cached, cacheRead: cached, outputText: estimate.output))
    }
}

/// What was configured of a target, besides where it is.
struct TargetRules: Sendable {
    let weight: Double
    var limits: Limits
    let retry: RetryRule
    let fallback: FallbackRule
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
