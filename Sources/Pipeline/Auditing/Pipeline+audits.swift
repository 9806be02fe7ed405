import GatewayCore
import RequestAnalysis
import SemanticCache

extension Pipeline {
    /// Tells those who look into hits of one. Only for the few that are drawn the store is asked for the newest purge.
    func audit(
        _ hit: CacheHit, of request: AnalyzedRequest, lookup: CacheStage.Lookup, headers: CallerHeaders,
        exchange: Exchange
    ) async {
        guard let audits, hit.outcome == .hitSemantic || hit.outcome == .hitAlias, let wall = lookup.wall
        else { return }
        await audits.served(hit, in: wall, ticket: lookup.ticket) {
            var lookup = lookup
            lookup.generation = try? await cache.lookup.generation(of: request.labels.tenant)
            return subject(of: request, lookup: lookup, headers: headers, exchange: exchange)
        }
    }

    /// What may be looked into of a request; nil where nothing may: its caller does not let its answer be stored, it is
    /// personal of nobody knows whom, or nobody knows what its labels forbid.
    func subject(
        of request: AnalyzedRequest, lookup: CacheStage.Lookup, headers: CallerHeaders, exchange: Exchange
    ) -> AuditSubject? {
        guard !request.directives.skipsWrite, request.judgment.isKept, let place = request.place,
            let question = request.question
        else { return nil }
        var labels: [String: String] = [:]
        if headers.metadata != nil || request.request.document.root["metadata"] != nil {
            guard let traits = try? analyzer.traits(of: request.request, metadata: headers.metadata) else { return nil }
            labels = traits.metadata
        }
        return AuditSubject(
            request: exchange.record.requestID, tenant: request.labels.tenant, labels: labels, question: question,
            place: place, vector: lookup.vector, cacheLabels: request.labels, generation: lookup.generation)
    }
}
