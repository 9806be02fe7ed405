import GatewayCore

extension HitConfidence {
    init(_ decision: HitDecision, by decider: NamespaceDecider) {
        let (right, bound) = decider.confidence(of: decision)
        self.init(
            right: right, bound: bound, score: decision.score, floor: decision.floor < .infinity ? decision.floor : nil,
            budget: decider.budget)
    }
}
