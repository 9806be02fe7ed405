import GatewayCore
import SemanticCache

extension CacheStage {
    /// Finds what a new answer must carry to take the place of the one before.
    /// - Returns: false where that cannot be found now.
    func prepare(_ request: AnalyzedRequest, into lookup: inout Lookup) async -> Bool {
        guard let generation = try? await self.lookup.generation(of: request.labels.tenant) else { return false }
        lookup.generation = generation
        guard mode == .semantic, request.judgment.isSearched, let encoder, let question = request.question
        else { return true }
        switch await encoder.embed(question) {
        case .success(let vector): lookup.vector = vector
        case .failure(.overWindow): break
        // Without its vector the answer would no longer be found by similar questions.
        case .failure: return false
        }
        return true
    }

    /// An answer past its life in place of one that no provider gave.
    func standIn(for request: AnalyzedRequest, _ lookup: Lookup, exchange: Exchange) async -> CacheHit? {
        guard let stale = lookup.stale, !request.directives.skipsLookup else { return nil }
        let embedding = lookup.vector?.embedding
        guard let hit = try? await self.lookup.standIn(stale, for: request, embedding: embedding) else { return nil }
        exchange.served(hit)
        return hit
    }
}
