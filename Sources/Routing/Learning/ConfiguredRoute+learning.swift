import GatewayCore

extension ConfiguredRoute {
    /// What was learned for a request; nil where nothing learns, or nothing is known of the request's meaning.
    ///
    /// On a route that chooses by what a request needs, the tiers that are left become one, in which the learner
    /// chooses: it knows better than a score which of them is strong enough. Not where the operator said so, by a rule
    /// or by examples.
    func learning(for request: RouteRequest, _ choice: inout Choice) -> LearnedRequest? {
        guard let learner, let space = learner.spaceName, let traits = request.traits, let embedding = request.embedding
        else { return nil }
        let complexity = choice.explanation?.complexity ?? ComplexityScore.score(traits)
        guard
            let features = learner.features(
                of: embedding, complexity: complexity, tier: wantedPlace(choice.explanation),
                bytes: traits.text.total.total)
        else { return nil }
        if choice.explanation?.leavesTier ?? false {
            for index in choice.candidates.indices { choice.candidates[index].tier = 0 }
        }
        let scores = learner.scores(
            of: features,
            for: choice.candidates.map { candidate in
                (candidate.target.deployment, candidate.profile?.quality(for: traits.task).map(Double.init))
            })
        return LearnedRequest(features: features, space: space, rule: learner.rule, scores: scores)
    }

    private func wantedPlace(_ explanation: Explanation?) -> Float {
        guard let wanted = explanation?.wantedTier, let place = tiers.firstIndex(of: wanted), tiers.count > 1 else {
            return 0
        }
        return Float(place) / Float(tiers.count - 1)
    }
}

extension Explanation {
    /// Whether the tier was guessed, and not said by the operator.
    var leavesTier: Bool {
        switch stage {
        case .rule, .semantic, .none: false
        case .complexity, .agent, .session, .byDefault: true
        }
    }
}
