package import GatewayCore

/// The stage's verb: finds the answer to a question that was asked before, in the same words or in others.
package struct CacheLookup: Sendable {
    private let store: any CacheStore
    let index: VectorIndex
    let scanner: VectorScanner
    let rule: any HitRule
    private let candidates: Int
    private let now: @Sendable () -> UnixTime

    package init(
        store: any CacheStore, index: VectorIndex, scanner: VectorScanner, rule: any HitRule, candidates: Int,
        now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }
    ) {
        self.store = store
        self.index = index
        self.scanner = scanner
        self.rule = rule
        self.candidates = candidates
        self.now = now
    }

    /// The answer to exactly this request. One round trip, no embedding.
    package func findExact(_ request: AnalyzedRequest) async throws(CacheStoreError) -> CacheHit? {
        guard let place = request.place else { return nil }
        let entry = try await store.load(place.entry, in: place.partition, of: request.labels.tenant)
        guard let entry else { return nil }
        return hit(entry, outcome: .hitExact, similarity: nil)
    }

    /// The answer under an id that was heard of, if it is alive and behind the same wall. One round trip.
    /// - Parameter similarity: of its question, when it is not the request's own.
    package func find(
        _ entry: EntryID, for request: AnalyzedRequest, similarity: Float?
    ) async throws(CacheStoreError) -> CacheHit? {
        guard let place = request.place,
            let entry = try await store.load(entry, in: place.partition, of: request.labels.tenant)
        else { return nil }
        return hit(entry, outcome: similarity == nil ? .hitExact : .hitSemantic, similarity: similarity)
    }

    /// The rule of a route.
    /// - Parameter threshold: the route's own; nil for the cache's.
    package func rule(threshold: Float?) -> any HitRule { threshold.map(rule.with) ?? rule }

    /// The answer to a question that means the same, or why there is none.
    ///
    /// Candidates come from this replica's mirror, which may lag; each is looked up in the store before it is
    /// served, so that what was deleted anywhere is served nowhere.
    /// - Parameters:
    ///   - embedding: of the request's question.
    ///   - threshold: of the request's route, when it has its own.
    package func findSimilar(
        _ request: AnalyzedRequest, question: String, embedding: EmbeddingVector, threshold: Float? = nil
    ) async throws(CacheStoreError) -> SimilarOutcome {
        let rule = threshold.map(self.rule.with) ?? self.rule
        guard let place = request.place, let partition = index.partition(place.partition) else {
            return .none(.partitionEmpty, best: nil)
        }
        let found = await scanner.nearest(
            to: embedding, in: partition, count: candidates, atLeast: rule.lowestUsefulSimilarity)
        guard let found else { return .none(.searchOverloaded, best: nil) }
        guard !found.isEmpty else { return .none(.partitionEmpty, best: nil) }
        // Of several refusals the most similar candidate's is told: it goes with `best`.
        var reason: MissReason?
        let features = GuardFeatures(text: question)
        for candidate in found.candidates {
            if let refusal = rule.refusal(
                question: features, candidate: candidate.row.features, similarity: candidate.similarity)
            {
                reason = reason ?? refusal
                continue
            }
            let entry = try await store.load(candidate.row.id, in: place.partition, of: request.labels.tenant)
            if let curation = entry?.curation, curation.distracts(embedding, from: candidate.similarity) {
                reason = reason ?? .distractor
                continue
            }
            if let entry {
                return .hit(hit(entry, outcome: .hitSemantic, similarity: candidate.similarity))
            }
            // Expired, deleted or purged since it was mirrored: nobody should find it again.
            partition.remove(candidate.row)
            reason = reason ?? .expired
        }
        return .none(reason ?? .below, best: found.best)
    }

    /// What an answer to a request of the tenant's must carry that is asked for from now on.
    package func generation(of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        try await store.generation(of: tenant)
    }

    private func hit(_ entry: StoredEntry, outcome: CacheOutcome, similarity: Float?) -> CacheHit {
        CacheHit(
            outcome: outcome, entry: entry.id, answer: entry.answer, model: entry.model, usage: entry.usage,
            age: max(now() - entry.created, .zero), similarity: similarity)
    }
}

/// What a search by similarity came to.
package enum SimilarOutcome: Sendable {
    case hit(CacheHit)
    /// Nothing may be served; `best` is the highest cosine, if it came near the threshold.
    case none(MissReason, best: Float?)
}
