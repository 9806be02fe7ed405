import GatewayCore

/// What a route's learner says of one request.
struct LearnedRequest: Sendable {
    let features: LearningFeatures
    let space: String
    let rule: LearningRule
    private let scores: [DeploymentID: LearnedScore]
    /// Only the first target of a request was drawn from all of them.
    var isFirst = true

    init(features: LearningFeatures, space: String, rule: LearningRule, scores: [DeploymentID: LearnedScore]) {
        self.features = features
        self.space = space
        self.rule = rule
        self.scores = scores
    }

    func score(of deployment: DeploymentID) -> LearnedScore? { scores[deployment] }

    /// What to remember of a target that is called.
    /// - Parameters:
    ///   - ranking: the order it was taken from.
    ///   - candidates: what the order is of.
    func choice(_ target: RankedTarget, in ranking: TargetRanking, of candidates: [RouteCandidate]) -> LearnedChoice {
        guard isFirst, target == ranking.targets.first, target.reason.isDrawn, let chance = target.learned?.chance
        else { return LearnedChoice(features: features, space: space, chance: nil) }
        let among = ranking.targets.filter { $0.learned.map { $0.chance > 0 } ?? false }
        return LearnedChoice(
            features: features, space: space, chance: chance, isTrial: target.reason == .trial,
            among: among.map { candidates[$0.index].target.deployment })
    }
}

extension RankReason {
    /// Whether the target was drawn by what was learned.
    var isDrawn: Bool { self == .learned || self == .trial }
}
