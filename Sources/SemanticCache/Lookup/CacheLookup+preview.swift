package import GatewayCore

extension CacheLookup {
    /// Whether anything is mirrored behind the wall of this request.
    package func hasPartition(of request: AnalyzedRequest) -> Bool {
        request.place.flatMap { index.partition($0.partition) } != nil
    }

    /// What an error budget would say of the nearest stored questions. Looks into the index alone, learns nothing.
    /// - Returns: nil when nothing is stored in the partition.
    package func preview(
        _ request: AnalyzedRequest, question: String, embedding: EmbeddingVector, in space: DecisionSpace,
        budget: Double
    ) async -> SimilarPreview? {
        guard let desk, let partition = request.place.flatMap({ index.partition($0.partition) }) else { return nil }
        let found = await scanner.nearest(
            to: embedding, in: partition, count: MatchFeatures.maximumCandidates, atLeast: Self.lowestNeighbour)
        guard let found else { return SimilarPreview(best: nil, refusal: .searchOverloaded) }
        if found.isEmpty { return nil }
        let now = now()
        let near = NearQuestions(found.candidates.filter { $0.row.expires > now }, to: question)
        let (decision, confidence) = desk.preview(near.candidates, in: space, budget: budget)
        if case .serve = decision.action {
            return SimilarPreview(best: found.best, refusal: nil, confidence: confidence)
        }
        return SimilarPreview(
            best: found.best, refusal: near.refusal ?? .below,
            confidence: decision.candidate == nil ? nil : confidence)
    }

    /// The nearest stored question, however far it is. Looks into the index alone and changes nothing.
    /// - Returns: nil when nothing is stored in the partition.
    package func preview(
        _ request: AnalyzedRequest, question: String, embedding: EmbeddingVector, threshold: Float? = nil
    ) async -> SimilarPreview? {
        let rule = rule(of: request, threshold: threshold)
        guard let partition = request.place.flatMap({ index.partition($0.partition) }) else { return nil }
        let found = await scanner.nearest(to: embedding, in: partition, count: 1, atLeast: -1)
        guard let found else { return SimilarPreview(best: nil, refusal: .searchOverloaded) }
        guard let nearest = found.candidates.first else { return nil }
        return SimilarPreview(
            best: nearest.similarity,
            refusal: rule.refusal(
                question: GuardFeatures(text: question), candidate: nearest.row.features,
                similarity: nearest.similarity))
    }
}
