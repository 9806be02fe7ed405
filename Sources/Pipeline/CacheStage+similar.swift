import GatewayCore
import SemanticCache

extension CacheStage {
    /// Looks for a question that means the same, behind the request's own wall and then behind the other one it has.
    func findSimilar(
        _ request: AnalyzedRequest, plan: RoutePlan, into result: inout Lookup, exchange: Exchange
    ) async -> (reason: MissReason?, best: Float?) {
        guard mode == .semantic, request.judgment.isSearched, let question = request.question
        else { return (.exactOnly, nil) }
        let directives = request.directives
        let isSearched = !directives.skipsLookup && !directives.isExactOnly
        // The vector is of use to this lookup, or to later ones that find this answer.
        if !isSearched, directives.skipsWrite { return (.exactOnly, nil) }
        guard let encoder else { return (.encoderOff, nil) }
        let start = ContinuousClock.now
        let embedded = await encoder.embed(question)
        exchange.note { $0.timings.embed = start.duration(to: .now) }
        switch embedded {
        case .failure(let reason): return (reason, nil)
        case .success(let vector): result.vector = vector
        }
        let standard = lookup.standard(of: plan, for: request)
        guard isSearched, standard != .equalOnly else { return (.exactOnly, nil) }
        let own = await scan(
            request, question: question, standard: standard, route: plan.route, into: &result, exchange: exchange)
        // Who was drawn to ask anew what might have been served is not served something else.
        guard result.hit == nil, !result.isStoreDown, own.reason != .explored, let besides = request.besides
        else { return own }
        let other = await scan(
            besides, question: question, standard: standard, route: plan.route, into: &result, exchange: exchange)
        // Made anew by this request it would hold what the other wall leaves out.
        result.hit = result.hit?.neverDue
        return other.reason == .partitionEmpty ? own : other
    }

    private func scan(
        _ request: AnalyzedRequest, question: String, standard: HitStandard, route: String,
        into result: inout Lookup, exchange: Exchange
    ) async -> (reason: MissReason?, best: Float?) {
        guard let vector = result.vector else { return (.encoderFailed, nil) }
        let start = ContinuousClock.now
        // Of both walls together.
        defer {
            exchange.note { record in
                record.timings.findSimilar = (record.timings.findSimilar ?? .zero) + start.duration(to: .now)
            }
        }
        do {
            switch try await search(
                request, question: question, embedding: vector.embedding, standard: standard, route: route,
                into: &result, exchange: exchange) {
            case .hit(let hit):
                result.hit = hit
                result.wall = request.place?.partition
                counts?(hit, request)
                return (nil, hit.similarity)
            case .none(let reason, let best):
                return (reason, best)
            }
        } catch {
            result.isStoreDown = true
            return (.storeDown, nil)
        }
    }

    private func search(
        _ request: AnalyzedRequest, question: String, embedding: EmbeddingVector, standard: HitStandard,
        route: String, into result: inout Lookup, exchange: Exchange
    ) async throws(CacheStoreError) -> SimilarOutcome {
        let takesAliases = lookup.takesAliases(request, by: standard)
        switch standard {
        case .equalOnly: return .none(.exactOnly, best: nil)
        case .threshold(let threshold):
            var stale = result.stale
            let outcome = try await lookup.findSimilar(
                request, question: question, embedding: embedding, threshold: threshold, takesAliases: takesAliases
            ) { stale = stale ?? $0 }
            result.stale = stale
            return outcome
        case .budget(let budget):
            let found = try await lookup.findSimilar(
                request, question: question, embedding: embedding,
                in: DecisionSpace(request.labels, route: route), budget: budget,
                takesAliases: takesAliases)
            // Of two searches the later decision is learned from, as it is the one that was told.
            result.ticket = found.ticket ?? result.ticket
            result.stale = result.stale ?? found.stale
            if let confidence = found.confidence { exchange.note { $0.confidence = confidence } }
            return found.outcome
        }
    }
}
