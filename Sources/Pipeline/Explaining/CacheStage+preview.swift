import GatewayCore
import SemanticCache

extension CacheStage {
    /// What a lookup would come to. Reads the store and the index as a lookup does; serves and keeps nothing, and
    /// removes nothing.
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
            switch try await lookup.findExact(request) {
            case .hit(let hit): preview.exactAge = hit.age
            case .stale: preview.exactRefusal = .stale
            case .unwanted: preview.exactRefusal = .notFresh
            case .none: break
            }
        } catch {
            preview.isStoreDown = true
        }
        guard mode == .semantic, request.judgment.isSearched, !request.directives.isExactOnly, let encoder,
            let question = request.question, case .success(let vector) = await encoder.embed(question)
        else { return (preview, nil) }
        preview.isSearched = preview.bypass == nil
        if preview.isStoreDown { return (preview, vector) }
        do {
            guard let nearest = try await nearest(to: question, vector.embedding, asking: request, plan: plan) else {
                return (preview, vector)
            }
            preview.nearest = nearest.best
            preview.refusal = nearest.refusal
            preview.confidence = nearest.confidence
            preview.similar = nearest.candidates
        } catch {
            preview.isStoreDown = true
        }
        return (preview, vector)
    }

    /// What the search behind the request's own wall would come to, or else behind the other one it has.
    private func nearest(
        to question: String, _ embedding: EmbeddingVector, asking request: AnalyzedRequest, plan: RoutePlan
    ) async throws(CacheStoreError) -> SimilarPreview? {
        let own = try await nearest(to: question, embedding, of: request, plan: plan)
        guard let besides = request.besides, own == nil || own?.refusal != nil else { return own }
        return try await nearest(to: question, embedding, of: besides, plan: plan) ?? own
    }

    private func nearest(
        to question: String, _ embedding: EmbeddingVector, of request: AnalyzedRequest, plan: RoutePlan
    ) async throws(CacheStoreError) -> SimilarPreview? {
        switch lookup.standard(of: plan, for: request) {
        case .budget(let budget):
            try await lookup.preview(
                request, question: question, embedding: embedding,
                in: DecisionSpace(request.labels, route: plan.route), budget: budget)
        case .threshold(let threshold):
            try await lookup.preview(request, question: question, embedding: embedding, threshold: threshold)
        case .equalOnly: nil
        }
    }

    private func bypass(_ request: AnalyzedRequest) -> MissReason? {
        if mode == .off { return .cacheOff }
        if case .never(let reason) = request.cacheability { return reason }
        return request.directives.skipsLookup ? .callerBypass : nil
    }
}
