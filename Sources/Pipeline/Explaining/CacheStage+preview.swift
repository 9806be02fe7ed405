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
            switch try await lookup.findExact(request, takesAliases: takesAliases(request, plan: plan)) {
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
            let found = try await nearest(to: question, vector.embedding, asking: request, plan: plan)
            if let found {
                preview.nearest = found.best
                preview.refusal = found.refusal
                preview.confidence = found.confidence
                preview.similar = found.candidates
            }
            if found == nil || found?.refusal == .below {
                preview.former = try await formerNearest(to: question, asking: request, plan: plan)
            }
        } catch {
            preview.isStoreDown = true
        }
        return (preview, vector)
    }

    /// What the search of the encoder before would come to; nil where there is none, or it is not asked.
    private func formerNearest(
        to question: String, asking request: AnalyzedRequest, plan: RoutePlan
    ) async throws(CacheStoreError) -> SimilarPreview? {
        if case .equalOnly = lookup.standard(of: plan, for: request) { return nil }
        guard let former, !former.isOver(), let threshold = former.threshold(for: request),
            case .success(let vector) = await former.encoder.embed(question)
        else { return nil }
        let own = try await former.lookup.preview(
            request, question: question, embedding: vector.embedding, threshold: threshold)
        guard let besides = request.besides, own == nil || own?.refusal != nil else { return own }
        return try await former.lookup.preview(
            besides, question: question, embedding: vector.embedding, threshold: threshold) ?? own
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
        let takesAliases = takesAliases(request, plan: plan)
        return switch lookup.standard(of: plan, for: request) {
        case .budget(let budget):
            try await lookup.preview(
                request, question: question, embedding: embedding,
                in: DecisionSpace(request.labels, route: plan.route), budget: budget, takesAliases: takesAliases)
        case .threshold(let threshold):
            try await lookup.preview(
                request, question: question, embedding: embedding, threshold: threshold, takesAliases: takesAliases)
        case .equalOnly: nil
        }
    }

    private func bypass(_ request: AnalyzedRequest) -> MissReason? {
        if mode == .off { return .cacheOff }
        if case .never(let reason) = request.cacheability { return reason }
        return request.directives.skipsLookup ? .callerBypass : nil
    }
}
