package import GatewayCore

/// The stage's verb: finds the answer to a question that was asked before, in the same words or in others.
package struct CacheLookup: Sendable {
    let store: any CacheStore
    let index: VectorIndex
    let scanner: VectorScanner
    let rule: any HitRule
    /// Nil where nothing is decided by an error budget.
    package let desk: DecisionDesk?
    private let standards: HitStandards
    private let candidates: Int
    let freshness: LookupFreshness
    /// Whose vectors are searched; nil where there is only one.
    let encoder: EncoderIdentity?
    let now: @Sendable () -> UnixTime

    /// - Parameters:
    ///   - rule: for requests that are judged by a threshold.
    ///   - candidates: how many of the most similar are looked at by that rule.
    ///   - freshness: when an answer is made anew, and how old one of volatile things may be.
    ///   - desk: decides for requests that are judged by a budget.
    ///   - standards: which of both counts; nil for the rule alone.
    ///   - encoder: whose vectors are searched.
    package init(
        store: any CacheStore, index: VectorIndex, scanner: VectorScanner, rule: any HitRule, candidates: Int,
        freshness: FreshnessRules = FreshnessRules(), desk: DecisionDesk? = nil, standards: HitStandards? = nil,
        encoder: EncoderIdentity? = nil, now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }
    ) {
        self.store = store
        self.index = index
        self.scanner = scanner
        self.rule = rule
        self.candidates = candidates
        self.freshness = LookupFreshness(freshness)
        self.desk = desk
        self.encoder = encoder
        self.standards = standards ?? HitStandards(.threshold(rule.lowestUsefulSimilarity))
        self.now = now
    }

    /// What an answer to a request of a route's must meet that was given to another question.
    package func standard(of plan: RoutePlan, for request: AnalyzedRequest) -> HitStandard {
        standards.standard(
            of: plan, namespace: request.labels.namespace, asked: request.directives.maxWrongHits)
    }

    /// The same whatever the route says, which is about another encoder's cosines.
    package func standard(for request: AnalyzedRequest) -> HitStandard {
        standards.standard(namespace: request.labels.namespace, asked: request.directives.maxWrongHits)
    }

    /// Whether a request may get an answer to another question because somebody has found it right for this one: where
    /// that would do which is usual for similar questions. Who wants only equal questions' answers, or more likeness or
    /// fewer wrong ones than usual, wants no more trust in judges either.
    /// - Parameter standard: what answers to other questions must meet there.
    package func takesAliases(_ request: AnalyzedRequest, by standard: HitStandard) -> Bool {
        let directives = request.directives
        return request.judgment.isSearched && !directives.isExactOnly && directives.threshold == nil
            && !standards.isTighter(standard)
    }

    /// The answer to exactly this request. One round trip, no embedding.
    /// - Parameter takesAliases: whether one that stands under this question as its other name is one.
    package func findExact(
        _ request: AnalyzedRequest, takesAliases: Bool = true
    ) async throws(CacheStoreError) -> ExactOutcome {
        guard let place = request.place,
            let entry = try await store.load(place.entry, in: place.partition, of: request.labels.tenant)
        else { return .none }
        let isAlias = entry.id != place.entry
        if isAlias, !takesAliases { return .none }
        let now = now()
        switch verdict(on: entry, for: request, nil, at: now) {
        case .serves where isYoung(entry, for: request, now):
            return .hit(hit(entry, outcome: isAlias ? .hitAlias : .hitExact, similarity: nil, now: now))
        // Looked for under the question's own id again, as another name's entry may be another one by then.
        case .stale:
            return .stale(StaleAnswer(entry: place.entry, partition: place.partition, similarity: nil))
        // Under another name that was wrong; an answer of the question's own will take its place.
        case .refused(.vetoed): return .none
        case .serves, .refused: return .unwanted
        }
    }

    /// The answer under an id that was heard of, if it is alive and behind the same wall. One round trip.
    package func find(_ entry: EntryID, for request: AnalyzedRequest) async throws(CacheStoreError) -> CacheHit? {
        try await find(entry, for: request, nil)
    }

    /// The same of an answer to another question than the request's own.
    /// - Parameters:
    ///   - similarity: of the two.
    ///   - embedding: of the request's question.
    package func find(
        _ entry: EntryID, for request: AnalyzedRequest, similarity: Float, embedding: EmbeddingVector
    ) async throws(CacheStoreError) -> CacheHit? {
        let longestAge = longestAge(of: request.question)
        return try await find(
            entry, for: request,
            QuestionLikeness(similarity: similarity, embedding: embedding, longestAge: longestAge))
    }

    private func find(
        _ entry: EntryID, for request: AnalyzedRequest, _ likeness: QuestionLikeness?
    ) async throws(CacheStoreError) -> CacheHit? {
        guard let place = request.place,
            let entry = try await store.load(entry, in: place.partition, of: request.labels.tenant)
        else { return nil }
        let now = now()
        guard case .serves = verdict(on: entry, for: request, likeness, at: now) else { return nil }
        return hit(
            entry, outcome: likeness == nil ? .hitExact : .hitSemantic, similarity: likeness?.similarity, now: now)
    }

    /// The answer to a question that means the same, or why there is none.
    ///
    /// Candidates come from this replica's mirror, which may lag; each is looked up in the store before it is
    /// served, so that what was deleted anywhere is served nowhere.
    /// - Parameters:
    ///   - embedding: of the request's question.
    ///   - threshold: of the request's route, when it has its own.
    ///   - takesAliases: whether what stands under another name is a candidate, too.
    ///   - noteStale: told of the most similar answer that would serve but for its age.
    package func findSimilar(
        _ request: AnalyzedRequest, question: String, embedding: EmbeddingVector, threshold: Float? = nil,
        takesAliases: Bool = true, noteStale: (StaleAnswer) -> Void = { _ in }
    ) async throws(CacheStoreError) -> SimilarOutcome {
        let rule = rule(of: request, threshold: threshold)
        guard let place = request.place, let partition = index.partition(place.partition) else {
            return .none(.partitionEmpty, best: nil)
        }
        var search = SimilarSearch(
            request: request, place: place, features: GuardFeatures(text: question), rule: rule,
            embedding: embedding, longestAge: longestAge(of: question), takesAliases: takesAliases)
        // What may not be served for its age takes no live candidate's place: then it is searched once more, for more.
        for count in [candidates, candidates * 4] {
            let found = await scanner.nearest(
                to: embedding, in: partition, count: count, atLeast: rule.lowestUsefulSimilarity)
            guard let found else { return .none(.searchOverloaded, best: nil) }
            guard !found.isEmpty else { return .none(search.reason ?? .partitionEmpty, best: search.best) }
            search.best = found.best
            for candidate in found.candidates.dropFirst(search.seen) where search.live < candidates {
                search.seen += 1
                switch try await consider(candidate.row, candidate.similarity, in: partition, &search) {
                case .hit(let hit): return .hit(hit)
                case .stale(let stale): noteStale(stale)
                case .none, .unwanted: continue
                }
            }
            guard search.live < candidates, found.candidates.count == count else { break }
        }
        return .none(search.reason ?? .below, best: search.best)
    }

    /// Looks at one candidate.
    private func consider(
        _ row: IndexRow, _ similarity: Float, in partition: PartitionIndex, _ search: inout SimilarSearch
    ) async throws(CacheStoreError) -> ExactOutcome {
        let isExpired = row.expires <= now()
        if !isExpired { search.live += 1 }
        if let refusal = search.rule.refusal(
            question: search.features, candidate: row.features, similarity: similarity)
        {
            search.refuse(refusal)
            return .none
        }
        if isExpired { return search.stale(row.id, similarity) }
        let request = search.request
        let entry = try await store.load(row.id, in: search.place.partition, of: request.labels.tenant)
        guard let entry else {
            // Expired, deleted or purged since it was mirrored: nobody should find it again.
            partition.remove(row)
            search.seen -= 1
            search.refuse(.expired)
            return .none
        }
        if entry.id != row.id, !search.takesAliases {
            search.refuse(.below)
            return .none
        }
        let now = now()
        let likeness = QuestionLikeness(
            similarity: similarity, embedding: search.embedding, longestAge: search.longestAge)
        switch verdict(on: entry, for: request, likeness, at: now) {
        case .serves: return .hit(hit(entry, outcome: .hitSemantic, similarity: similarity, now: now))
        case .stale: return search.stale(row.id, similarity)
        case .refused(let reason):
            search.refuse(reason)
            return reason == .notFresh ? .unwanted : .none
        }
    }

    /// What an answer to a request of the tenant's must carry that is asked for from now on.
    package func generation(of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        try await store.generation(of: tenant)
    }
}
