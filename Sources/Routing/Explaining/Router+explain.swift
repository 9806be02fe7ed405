package import GatewayCore

extension Router {
    /// What would become of a request. Asks nobody for room and changes nothing: no turn is over by it, no session is
    /// moved. Where a strategy draws lots, this is one draw.
    /// - Parameters:
    ///   - request: with traits, also where the route does not look at them: estimates are made from them.
    ///   - takesTurn: whether the strategy is to go on as if the request had been sent: for replays.
    /// - Throws: `modelNotFound` when no route takes the name, `invalidRequest` for labels that cannot be understood.
    ///   A request that no target may take is an explanation without candidates.
    package func explain(_ request: RouteRequest, takesTurn: Bool = false) throws(GatewayError) -> RouteExplanation {
        guard let route = route(for: request.model) else {
            throw GatewayError(.modelNotFound, "no route takes the model '\(request.model)'", parameter: "model")
        }
        let constraints = try constraints(of: request)
        let session = session(of: request, on: route)
        var choice: ConfiguredRoute.Choice
        let needsTraits = route.needsTraits || areRuled(request.tenant, request.key)
        if let traits = request.traits, !needsTraits, traits.metadata.isEmpty {
            choice = route.all(traits, model: request.model)
        } else {
            choice = route.weigh(request, constraints: constraints, held: session?.held)
        }
        // That nothing is left is what the explanation shows.
        if scopes(of: request).haveBudgets { try? choice.leaveOutUnpriced(of: request.model) }
        return explanation(of: choice, route, request, sessionKey: session?.key, takesTurn: takesTurn)
    }

    private func explanation(
        of choice: ConfiguredRoute.Choice, _ route: ConfiguredRoute, _ request: RouteRequest, sessionKey: UInt64?,
        takesTurn: Bool
    ) -> RouteExplanation {
        let task = request.traits?.task ?? .chat
        var choice = choice
        let learning = route.learning(for: request, &choice)
        let stayKey = stayKey(of: request, on: route)
        let stay = stayKey.flatMap { desk.affinity.stay(of: $0, now: .now) }
        let conditions = desk.health.outlook(of: choice.candidates.map(\.target.deployment), now: .now)
        let ranked = zip(choice.candidates, conditions).map {
            StrategyCandidate($0, condition: $1, task: task, after: stay, learning: learning)
        }
        var context = StrategyContext(
            outputTokens: choice.candidates.first?.estimate.output ?? 0, sessionKey: sessionKey)
        context.learning = learning?.rule
        context.session = stayKey.map { SessionChoice(key: $0, last: stay?.deployment) }
        var generator = SystemRandomNumberGenerator()
        let ranking = takesTurn
            ? route.balancer.rank(ranked, context: context, using: &generator)
            : route.balancer.preview(ranked, context: context, using: &generator)
        func candidate(_ target: RankedTarget) -> RouteExplanation.Candidate {
            let candidate = choice.candidates[target.index]
            return RouteExplanation.Candidate(
                deployment: candidate.target.deployment, model: candidate.target.model, tier: candidate.tier,
                reason: target.reason, estimate: candidate.estimate, cost: candidate.cost,
                quality: candidate.profile?.quality(for: task), condition: conditions[target.index],
                expected: learning?.score(of: candidate.target.deployment), learned: target.learned)
        }
        return RouteExplanation(
            route: route.name, strategy: route.rule.usual.strategy, candidates: ranking.targets.map(candidate),
            excluded: ranking.excluded.map(candidate), rejected: choice.explainedRejections,
            isLastResort: ranking.isLastResort, selection: choice.explanation)
    }
}

extension ConfiguredRoute.Choice {
    fileprivate var explainedRejections: [RouteExplanation.Rejected] {
        let tiered = (explanation?.candidates ?? []).compactMap { candidate in
            candidate.rejection.map { rejection in
                RouteExplanation.Rejected(
                    deployment: candidate.deployment, rejection: rejection, inputTokens: candidate.inputTokens,
                    outputTokens: candidate.outputTokens, cost: candidate.cost)
            }
        }
        return tiered + rejected.map { candidate, rejection in
            RouteExplanation.Rejected(
                deployment: candidate.target.deployment, rejection: rejection,
                inputTokens: candidate.estimate.input, outputTokens: candidate.estimate.output, cost: candidate.cost)
        }
    }
}
