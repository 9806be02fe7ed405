package import GatewayCore
package import NIOCore
import Policy
import RequestAnalysis
import Routing
import SemanticCache

extension Pipeline {
    /// What would become of a request for an answer, in any API that clients speak: the dry run. Calls no provider,
    /// asks nobody for room and stores nothing. The question may be embedded, and the store is read: it counts against
    /// the caller's request rates as a hit does.
    /// - Throws: what refuses the request itself, as `invalidJSON` or `modelNotFound`, or `rateLimited`.
    package func explain(
        _ body: ByteBuffer, headers: CallerHeaders, scope: CacheScope
    ) async throws(GatewayError) -> RequestExplanation {
        let api = try ClientAPI(of: analyzer.document(body).root, headers: headers)
        let (sent, _) = try await read(body, as: api, headers: headers, tenant: scope.tenant)
        let key = directory.key(of: headers)
        let plan = try router.plan(model: sent.model, tenant: scope.tenant, key: key)
        let request = try analyzer.applyTemplate(to: sent, plan: plan, headers: headers).following(sent)
        let analyzed = try analyzer.analyze(
            request, headers: headers, scope: scope, modelClass: request.model, policy: plan.cache)
        let traits = try analyzer.traits(of: request, metadata: headers.metadata)
        if let admission = router.admission(of: scope.tenant, key: key) { _ = try await admission.result().get() }
        let (preview, vector) = await cache.preview(analyzed, plan: plan)
        var asked = RouteRequest(
            model: request.model, tenant: scope.tenant, traits: traits, session: headers.session)
        asked.key = key
        if asked.session == nil { asked.sessionSign = analyzer.session(of: sent, by: plan.sessions) }
        if plan.needsEmbedding { asked.embedding = await cache.embedding(of: request, known: vector) }
        return RequestExplanation(
            api: api, model: request.model, cache: preview, routing: try router.explain(asked), traits: traits)
    }
}
