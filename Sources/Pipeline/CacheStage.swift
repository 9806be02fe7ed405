package import GatewayCore
package import SemanticCache

/// Looks a request up: exactly, then by meaning. Nothing in here can fail a request; what does not work is noted as
/// the reason of a miss.
package struct CacheStage: Sendable {
    /// What a lookup came to, and what the write-back can use of it.
    package struct Lookup: Sendable {
        package var hit: CacheHit?
        /// Behind which wall a hit was found that was given to another question.
        var wall: PartitionID?
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
        /// What can be learned from the decision about the nearest stored question; nil where none was decided about.
        package var ticket: DecisionTicket?
    }

    let mode: CacheConfiguration.Mode
    let lookup: CacheLookup
    let encoder: EncoderStage?
    /// Nil where there was no other encoder before.
    let former: FormerSearch?
    /// Nil where every question is found by meaning from the first time on.
    let door: IndexDoor?
    /// Is told of hits; must not wait.
    let counts: (@Sendable (CacheHit, AnalyzedRequest) -> Void)?
    /// What a lookup of the same entry waits for.
    let writes = WritesUnderWay()

    /// - Parameters:
    ///   - encoder: nil when similar questions are not looked for.
    ///   - former: what the encoder before this one has left.
    ///   - door: hears of questions that are asked again.
    ///   - counts: is told of hits, where they are counted.
    package init(
        mode: CacheConfiguration.Mode, lookup: CacheLookup, encoder: EncoderStage?, former: FormerSearch? = nil,
        door: IndexDoor? = nil, counts: (@Sendable (CacheHit, AnalyzedRequest) -> Void)? = nil
    ) {
        self.door = door
        self.counts = counts
        self.mode = mode
        self.lookup = lookup
        self.encoder = encoder
        self.former = former
    }

    /// The question's vector for another purpose than the cache's; nil when there is none.
    func embedding(of request: ChatRequest, known: EntryVector?) async -> EmbeddingVector? {
        if let known { return known.embedding }
        guard let encoder, let question = request.question?.text else { return nil }
        guard case .success(let vector) = await encoder.embedApart(question) else { return nil }
        return vector.embedding
    }

    func find(_ request: AnalyzedRequest, plan: RoutePlan, exchange: Exchange) async -> Lookup {
        var result = await look(request, plan: plan, exchange: exchange)
        if request.isShadow { withhold(&result, exchange: exchange) }
        guard result.hit == nil, !result.isStoreDown, mayBeKept(request) else { return result }
        do throws(CacheStoreError) {
            result.generation = try await lookup.generation(of: request.labels.tenant)
        } catch {
            result.isStoreDown = true
        }
        return result
    }

    /// What a route in the shadow would have served is told, and not served.
    private func withhold(_ result: inout Lookup, exchange: Exchange) {
        if mode == .off { return }
        exchange.shadowed(result.hit)
        result.hit = nil
        result.stale = nil
    }

    private func mayBeKept(_ request: AnalyzedRequest) -> Bool {
        mode != .off && request.judgment.isKept && !request.directives.skipsWrite
    }

    private func look(_ request: AnalyzedRequest, plan: RoutePlan, exchange: Exchange) async -> Lookup {
        var result = Lookup()
        if mode == .off {
            exchange.missed(.cacheOff, outcome: .bypass, similarity: nil)
            return result
        }
        if case .never(let reason) = request.cacheability {
            exchange.missed(reason, outcome: .bypass, similarity: nil)
            return result
        }
        if await findExact(request, plan: plan, into: &result, exchange: exchange) {
            if result.hit?.outcome == .hitAlias {
                // Not right by construction: those who look into hits may.
                result.wall = request.place?.partition
            } else if result.hit != nil, request.judgment.isSearched {
                lookup.desk?.countExactHit(in: DecisionSpace(request.labels, route: plan.route))
            }
            return result
        }
        var miss = await findSimilar(request, plan: plan, into: &result, exchange: exchange)
        if await findFormer(request, after: miss.reason, into: &result, exchange: exchange) {
            miss = (nil, result.hit?.similarity)
        } else if result.isStoreDown {
            miss.reason = .storeDown
        }
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

    /// Whether answers that were found right for this question stand for its own.
    func takesAliases(_ request: AnalyzedRequest, plan: RoutePlan) -> Bool {
        mode == .semantic && lookup.takesAliases(request, by: lookup.standard(of: plan, for: request))
    }

    /// - Returns: whether the search ends here.
    private func findExact(
        _ request: AnalyzedRequest, plan: RoutePlan, into result: inout Lookup, exchange: Exchange
    ) async -> Bool {
        if request.directives.skipsLookup { return false }
        let start = ContinuousClock.now
        defer { exchange.note { $0.timings.findExact = start.duration(to: .now) } }
        if let place = request.place { await writes.ended(place.entry) }
        do {
            switch try await lookup.findExact(request, takesAliases: takesAliases(request, plan: plan)) {
            case .hit(let hit):
                result.hit = hit
                exchange.served(hit)
                door?.hit(hit.entry, by: request)
                counts?(hit, request)
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
}
