package import GatewayCore

extension CacheLookup {
    /// Whether anything is mirrored behind the wall of this request.
    package func hasPartition(of request: AnalyzedRequest) -> Bool {
        request.place.flatMap { index.partition($0.partition) } != nil
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
