package import GatewayCore

extension CacheLookup {
    /// Neighbours further away say nothing: the score itself sets an imagined one at 0.4 against the best.
    package static let lowestNeighbour: Float = 0.5

    /// The answer to a question that means the same if the error budget allows it, or why there is none.
    ///
    /// As with a threshold what is to be served is looked up in the store first. What is gone there is passed over, as
    /// if it had not been found.
    /// - Parameters:
    ///   - embedding: of the request's question.
    ///   - space: where what was learned holds.
    ///   - budget: wrong hits per hit that are allowed.
    ///   - takesAliases: whether what stands under another name may be served.
    package func findSimilar(
        _ request: AnalyzedRequest, question: String, embedding: EmbeddingVector, in space: DecisionSpace,
        budget: Double, takesAliases: Bool = true
    ) async throws(CacheStoreError) -> BudgetedOutcome {
        guard let desk else { return BudgetedOutcome(outcome: .none(.encoderOff, best: nil)) }
        guard let place = request.place, let partition = index.partition(place.partition) else {
            return BudgetedOutcome(outcome: .none(.partitionEmpty, best: nil))
        }
        let found = await scanner.nearest(
            to: embedding, in: partition, count: MatchFeatures.maximumCandidates, atLeast: Self.lowestNeighbour)
        guard let found else { return BudgetedOutcome(outcome: .none(.searchOverloaded, best: nil)) }
        guard !found.isEmpty else { return BudgetedOutcome(outcome: .none(.partitionEmpty, best: nil)) }
        var near = NearQuestions(found.candidates, to: question)
        let search = BudgetSearch(
            request: request, place: place, space: space, embedding: embedding, longestAge: longestAge(of: question),
            takesAliases: takesAliases)
        var stale: StaleAnswer?
        while true {
            let (decision, confidence) = desk.decide(near.candidates, in: space, budget: budget)
            guard let chosen = decision.candidate.map({ near.rows[$0] }) else {
                return BudgetedOutcome(outcome: .none(near.refusal ?? .below, best: found.best), stale: stale)
            }
            let ticket = DecisionTicket(
                space: space, decision: decision, entry: chosen.row.id, partition: place.partition,
                similarity: chosen.similarity)
            guard case .serve(let served) = decision.action else {
                let reason: MissReason = if case .explore = decision.action { .explored } else { .below }
                return BudgetedOutcome(
                    outcome: .none(reason == .below ? near.refusal ?? reason : reason, best: found.best),
                    ticket: ticket, confidence: confidence, stale: stale)
            }
            switch try await consider(chosen, decision, in: partition, search, desk, &near) {
            case .hit(let hit):
                return BudgetedOutcome(outcome: .hit(hit), ticket: ticket, confidence: confidence)
            case .stale(let old): stale = stale ?? old
            case .none, .unwanted: break
            }
            near.remove(served)
        }
    }

    /// Looks at what is to be served; when it may not be, the decision is taken back.
    private func consider(
        _ chosen: ScanCandidate, _ decision: HitDecision, in partition: PartitionIndex, _ search: BudgetSearch,
        _ desk: DecisionDesk, _ near: inout NearQuestions
    ) async throws(CacheStoreError) -> ExactOutcome {
        var isServed = false
        defer { if !isServed { desk.withdraw(decision, in: search.space) } }
        let stale = StaleAnswer(
            entry: chosen.row.id, partition: search.place.partition, similarity: chosen.similarity)
        if let wanted = search.request.directives.threshold, chosen.similarity < wanted { return .none }
        if chosen.row.expires <= now() { return .stale(stale) }
        let entry = try await store.load(
            chosen.row.id, in: search.place.partition, of: search.request.labels.tenant)
        guard let entry else {
            // Deleted or purged since it was mirrored: nobody should find it again.
            partition.remove(chosen.row)
            near.refuse(.expired)
            return .none
        }
        if entry.id != chosen.row.id, !search.takesAliases {
            near.refuse(.below)
            return .none
        }
        let now = now()
        let likeness = QuestionLikeness(
            similarity: chosen.similarity, embedding: search.embedding, longestAge: search.longestAge)
        switch verdict(on: entry, for: search.request, likeness, at: now) {
        case .serves:
            isServed = true
            return .hit(hit(entry, outcome: .hitSemantic, similarity: chosen.similarity, now: now))
        case .stale: return .stale(stale)
        case .refused(let reason):
            near.refuse(reason)
            return reason == .notFresh ? .unwanted : .none
        }
    }
}
