package import GatewayCore

extension CacheLookup {
    /// How many of the nearest entries a preview looks at where a threshold decides.
    private static let previewed = 5

    /// Whether anything is mirrored behind the wall of this request.
    package func hasPartition(of request: AnalyzedRequest) -> Bool {
        request.place.flatMap { index.partition($0.partition) } != nil
    }

    /// What an error budget would decide about the nearest stored questions. Looks at them as a search does, but learns
    /// and removes nothing.
    /// - Returns: nil when nothing is stored in the partition.
    package func preview(
        _ request: AnalyzedRequest, question: String, embedding: EmbeddingVector, in space: DecisionSpace,
        budget: Double, takesAliases: Bool = true
    ) async throws(CacheStoreError) -> SimilarPreview? {
        guard let desk, let place = request.place, let partition = index.partition(place.partition) else { return nil }
        let found = await scanner.nearest(
            to: embedding, in: partition, count: MatchFeatures.maximumCandidates, atLeast: Self.lowestNeighbour)
        guard let found else { return .overloaded }
        if found.isEmpty { return nil }
        let looked = try await look(
            at: found.candidates, request, place, question: question, embedding: embedding,
            by: rule(of: request, threshold: 0), takesAliases: takesAliases)
        var near = NearQuestions(found.candidates, to: question)
        while true {
            let (decision, note) = desk.preview(near.candidates, in: space, budget: budget)
            let confidence = decision.candidate == nil ? nil : note
            guard case .serve(let chosen) = decision.action,
                let served = looked.firstIndex(where: { $0.entry == near.rows[chosen].row.id })
            else { return SimilarPreview(best: found.best, looked, served: nil, confidence: confidence) }
            if looked[served].refusal == nil {
                return SimilarPreview(best: found.best, looked, served: served, confidence: confidence)
            }
            near.remove(chosen)
        }
    }

    /// The nearest stored questions, however far they are, and which a threshold would have served. Looks at them as a
    /// search does, but removes nothing.
    /// - Returns: nil when nothing is stored in the partition.
    package func preview(
        _ request: AnalyzedRequest, question: String, embedding: EmbeddingVector, threshold: Float? = nil,
        takesAliases: Bool = true
    ) async throws(CacheStoreError) -> SimilarPreview? {
        guard let place = request.place, let partition = index.partition(place.partition) else { return nil }
        let found = await scanner.nearest(to: embedding, in: partition, count: Self.previewed, atLeast: -1)
        guard let found else { return .overloaded }
        guard let nearest = found.candidates.first else { return nil }
        let looked = try await look(
            at: found.candidates, request, place, question: question, embedding: embedding,
            by: rule(of: request, threshold: threshold), takesAliases: takesAliases)
        return SimilarPreview(
            best: nearest.similarity, looked, served: looked.firstIndex { $0.refusal == nil })
    }

    private func look(
        at found: [ScanCandidate], _ request: AnalyzedRequest, _ place: CachePlace, question: String,
        embedding: EmbeddingVector, by rule: any HitRule, takesAliases: Bool
    ) async throws(CacheStoreError) -> [SimilarPreview.Candidate] {
        let features = GuardFeatures(text: question)
        let longestAge = longestAge(of: question)
        var looked: [SimilarPreview.Candidate] = []
        for near in found {
            let row = near.row
            let entry = try await store.load(row.id, in: place.partition, of: request.labels.tenant)
            let now = now()
            let likeness = QuestionLikeness(
                similarity: near.similarity, embedding: embedding, longestAge: longestAge)
            var refusal = rule.refusal(question: features, candidate: row.features, similarity: near.similarity)
            if !takesAliases, let entry, entry.id != row.id { refusal = refusal ?? .below }
            looked.append(
                SimilarPreview.Candidate(
                    entry: row.id, similarity: near.similarity,
                    verdict: StructuralGuard.verdict(question: features, candidate: row.features),
                    refusal: refusal ?? self.refusal(of: entry, row, for: request, likeness, at: now),
                    age: entry.map { max(now - $0.created, .zero) }, isCurated: entry?.curation != nil))
        }
        return looked
    }

    /// Why what the store has of a row would not be served. In its life a search goes by the row, too.
    private func refusal(
        of entry: StoredEntry?, _ row: IndexRow, for request: AnalyzedRequest, _ likeness: QuestionLikeness,
        at now: UnixTime
    ) -> MissReason? {
        guard let entry, row.expires > now else { return .expired }
        return switch verdict(on: entry, for: request, likeness, at: now) {
        case .serves: nil
        case .stale: .expired
        case .refused(let reason): reason
        }
    }
}
