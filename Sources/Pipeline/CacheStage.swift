package import GatewayCore
package import SemanticCache

/// Looks a request up: exactly, then by meaning. Nothing in here can fail a request; what does not work is noted as
/// the reason of a miss.
package struct CacheStage: Sendable {
    /// What a lookup came to, and what the write-back can use of it.
    package struct Lookup: Sendable {
        package var hit: CacheHit?
        /// What may stand in for a provider that fails.
        var stale: StaleAnswer?
        /// There is an answer to exactly this request, but not as fresh as the caller wants it.
        var isUnwanted = false
        /// The question's vector, when it was embedded.
        package var vector: EntryVector?
        /// The store did not answer: it is not asked again for this request.
        package var isStoreDown = false
        /// What the answer must carry to be kept, from before it is asked for.
        package var generation: CacheGeneration?
    }

    let mode: CacheConfiguration.Mode
    let lookup: CacheLookup
    let encoder: EncoderStage?
    /// What a lookup of the same entry waits for.
    let writes = WritesUnderWay()

    /// - Parameter encoder: nil when similar questions are not looked for.
    package init(mode: CacheConfiguration.Mode, lookup: CacheLookup, encoder: EncoderStage?) {
        self.mode = mode
        self.lookup = lookup
        self.encoder = encoder
    }

    /// The question's vector for another purpose than the cache's; nil when there is none.
    func embedding(of request: ChatRequest, known: EntryVector?) async -> EmbeddingVector? {
        if let known { return known.embedding }
        guard let encoder, let question = request.question?.text else { return nil }
        guard case .success(let vector) = await encoder.embed(question) else { return nil }
        return vector.embedding
    }

    func find(_ request: AnalyzedRequest, threshold: Float? = nil, exchange: Exchange) async -> Lookup {
        var result = await look(request, threshold: threshold, exchange: exchange)
        guard result.hit == nil, !result.isStoreDown, mayBeKept(request) else { return result }
        do throws(CacheStoreError) {
            result.generation = try await lookup.generation(of: request.labels.tenant)
        } catch {
            result.isStoreDown = true
        }
        return result
    }

    private func mayBeKept(_ request: AnalyzedRequest) -> Bool {
        if case .never = request.cacheability { return false }
        return mode != .off && !request.directives.skipsWrite
    }

    private func look(_ request: AnalyzedRequest, threshold: Float?, exchange: Exchange) async -> Lookup {
        var result = Lookup()
        if mode == .off {
            exchange.missed(.cacheOff, outcome: .bypass, similarity: nil)
            return result
        }
        if case .never(let reason) = request.cacheability {
            exchange.missed(reason, outcome: .bypass, similarity: nil)
            return result
        }
        if await findExact(request, into: &result, exchange: exchange) { return result }
        let miss = await findSimilar(request, threshold: threshold, into: &result, exchange: exchange)
        if let hit = result.hit {
            exchange.served(hit)
        } else {
            // Whatever else was in the way: the caller did not want what the cache holds.
            let isBypass = request.directives.skipsLookup
            let reason = result.isUnwanted ? .notFresh : miss.reason
            exchange.missed(
                isBypass ? .callerBypass : reason, outcome: isBypass ? .bypass : .miss, similarity: miss.best)
        }
        return result
    }

    /// - Returns: whether the search ends here.
    private func findExact(
        _ request: AnalyzedRequest, into result: inout Lookup, exchange: Exchange
    ) async -> Bool {
        if request.directives.skipsLookup { return false }
        let start = ContinuousClock.now
        defer { exchange.note { $0.timings.findExact = start.duration(to: .now) } }
        if let place = request.place { await writes.ended(place.entry) }
        do {
            switch try await lookup.findExact(request) {
            case .hit(let hit):
                result.hit = hit
                exchange.served(hit)
                return true
            case .stale(let stale): result.stale = stale
            case .unwanted: result.isUnwanted = true
            case .none: break
            }
            return false
        } catch {
            result.isStoreDown = true
            exchange.missed(.storeDown, outcome: .miss, similarity: nil)
            return true
        }
    }

    private func findSimilar(
        _ request: AnalyzedRequest, threshold: Float?, into result: inout Lookup, exchange: Exchange
    ) async -> (reason: MissReason?, best: Float?) {
        guard mode == .semantic, request.cacheability == .semantic, let question = request.request.question?.text
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
        guard isSearched else { return (.exactOnly, nil) }
        return await scan(request, question: question, threshold: threshold, into: &result, exchange: exchange)
    }

    private func scan(
        _ request: AnalyzedRequest, question: String, threshold: Float?, into result: inout Lookup, exchange: Exchange
    ) async -> (reason: MissReason?, best: Float?) {
        guard let vector = result.vector else { return (.encoderFailed, nil) }
        let start = ContinuousClock.now
        defer { exchange.note { $0.timings.findSimilar = start.duration(to: .now) } }
        do {
            var stale = result.stale
            let outcome = try await lookup.findSimilar(
                request, question: question, embedding: vector.embedding, threshold: threshold
            ) { stale = stale ?? $0 }
            result.stale = stale
            switch outcome {
            case .hit(let hit):
                result.hit = hit
                return (nil, hit.similarity)
            case .none(let reason, let best):
                return (reason, best)
            }
        } catch {
            result.isStoreDown = true
            return (.storeDown, nil)
        }
    }
}
