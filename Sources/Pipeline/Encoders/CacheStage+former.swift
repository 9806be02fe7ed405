import GatewayCore
import SemanticCache

extension CacheStage {
    /// Looks for a question that means the same among those that the encoder before this one has seen, where the
    /// present one has found none. What is written back carries the present encoder's vector alone.
    /// - Parameter reason: why the present one's search has found nothing; nil when it has.
    /// - Returns: whether there is an answer now.
    func findFormer(
        _ request: AnalyzedRequest, after reason: MissReason?, into result: inout Lookup, exchange: Exchange
    ) async -> Bool {
        guard let former, !former.isOver(), !result.isStoreDown, reason == .below || reason == .partitionEmpty,
            let question = request.question, let threshold = former.threshold(for: request),
            (exchange.record.timings.embed ?? .zero) <= former.patience
        else { return false }
        let start = ContinuousClock.now
        let embedded = await former.encoder.embed(question)
        exchange.note { $0.timings.embed = ($0.timings.embed ?? .zero) + start.duration(to: .now) }
        guard case .success(let vector) = embedded else { return false }
        let own = await findFormer(
            request, question, vector.embedding, threshold: threshold, into: &result, exchange: exchange)
        if own || result.isStoreDown { return own }
        guard let besides = request.besides else { return false }
        let other = await findFormer(
            besides, question, vector.embedding, threshold: threshold, into: &result, exchange: exchange)
        // Made anew by this request it would hold what the other wall leaves out.
        result.hit = result.hit?.neverDue
        return other
    }

    private func findFormer(
        _ request: AnalyzedRequest, _ question: String, _ embedding: EmbeddingVector, threshold: Float,
        into result: inout Lookup, exchange: Exchange
    ) async -> Bool {
        guard let former else { return false }
        let start = ContinuousClock.now
        defer {
            exchange.note { record in
                record.timings.findSimilar = (record.timings.findSimilar ?? .zero) + start.duration(to: .now)
            }
        }
        do throws(CacheStoreError) {
            let outcome = try await former.lookup.findSimilar(
                request, question: question, embedding: embedding, threshold: threshold,
                takesAliases: former.lookup.takesAliases(request, by: .threshold(threshold)))
            guard case .hit(let hit) = outcome else { return false }
            result.hit = hit
            result.wall = request.place?.partition
            // What the present encoder's nearest was held for is not what is served.
            result.ticket = nil
            exchange.note { $0.confidence = nil }
            counts?(hit, request)
            former.onHit()
            return true
        } catch {
            result.isStoreDown = true
            return false
        }
    }
}
