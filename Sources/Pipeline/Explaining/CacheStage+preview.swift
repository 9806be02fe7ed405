import GatewayCore
import SemanticCache

extension CacheStage {
    /// What a lookup would come to. Reads the store for the exact answer and the index for similar questions; serves
    /// and keeps nothing.
    func preview(
        _ request: AnalyzedRequest, plan: RoutePlan
    ) async -> (preview: CachePreview, vector: EntryVector?) {
        var preview = CachePreview(request.judgment)
        preview.bypass = bypass(request)
        preview.isShadow = request.isShadow
        preview.hasPartition = lookup.hasPartition(of: request)
        if mode == .off { return (preview, nil) }
        if case .never = request.cacheability { return (preview, nil) }
        do {
            preview.exactAge = try await lookup.findExact(request).hit?.age
        } catch {
            preview.isStoreDown = true
        }
        guard mode == .semantic, request.judgment.isSearched, !request.directives.isExactOnly, let encoder,
            let question = request.question, case .success(let vector) = await encoder.embed(question)
        else { return (preview, nil) }
        preview.isSearched = preview.bypass == nil
        var nearest = await nearest(to: question, vector.embedding, of: request, plan: plan)
        if let besides = request.besides, nearest == nil || nearest?.refusal != nil {
            nearest = await self.nearest(to: question, vector.embedding, of: besides, plan: plan) ?? nearest
        }
        preview.nearest = nearest?.best
        preview.refusal = nearest?.refusal
        preview.confidence = nearest?.confidence
        return (preview, vector)
    }

    private func nearest(
        to question: String, _ embedding: EmbeddingVector, of request: AnalyzedRequest, plan: RoutePlan
    ) async -> SimilarPreview? {
        switch lookup.standard(of: plan, for: request) {
        case .budget(let budget):
            await lookup.preview(
                request, question: question, embedding: embedding,
                in: DecisionSpace(request.labels, route: plan.route), budget: budget)
        case .threshold(let threshold):
            await lookup.preview(request, question: question, embedding: embedding, threshold: threshold)
        case .equalOnly: nil
        }
    }

    private func bypass(_ request: AnalyzedRequest) -> MissReason? {
        if mode == .off { return .cacheOff }
        if case .never(let reason) = request.cacheability { return reason }
        return request.directives.skipsLookup ? .callerBypass : nil
    }
}
