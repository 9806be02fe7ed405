package import GatewayCore
package import NIOCore
import Policy
import ProviderAPIs
import RequestAnalysis
import Routing

extension Pipeline {
    /// Counts the tokens of a Messages request (`POST /v1/messages/count_tokens`): by a target of its route that counts
    /// them itself, else by estimate. It counts against the caller's request rates, and against nothing else. The
    /// reply's exchange is recorded when its body has been written.
    package func count(
        _ body: ByteBuffer, headers: CallerHeaders, scope: CacheScope, exchange: Exchange
    ) async -> Reply {
        exchange.identified(scope)
        do throws(GatewayError) {
            let asked = try RequestReading(analyzer: analyzer, api: .messages).readCount(body, headers: headers)
            let key = directory.key(of: headers)
            let plan = try router.plan(model: asked.model, tenant: scope.tenant, key: key)
            exchange.planned(plan)
            let request = try analyzer.applyTemplate(to: asked, plan: plan, headers: headers).following(asked)
            exchange.analyzed(request)
            try await admit(scope.tenant, key, exchange: exchange)
            var wanted = RouteRequest(model: request.model, tenant: scope.tenant)
            wanted.key = key
            wanted.deadline = headers.timeout.map { exchange.record.received + $0 }
            if plan.needsTraits { wanted.traits = try analyzer.traits(of: request, metadata: headers.metadata) }
            if plan.needsEmbedding { wanted.embedding = await cache.embedding(of: request, known: nil) }
            let attempts = try router.attempts(for: wanted).uncounted
            let tokens: Int
            if let counted = try await counted(request, attempts: attempts, exchange: exchange) {
                tokens = counted
            } else {
                tokens = try estimate(request, model: attempts.targets.first?.model ?? request.model)
            }
            return Reply(status: 200, body: .json(MessagesTokenCount.body(of: tokens)), exchange: exchange)
        } catch {
            return Reply(refusing: error, exchange: exchange)
        }
    }

    /// Charges the request rates of the tenant, and of the caller's team and key, where they have one.
    func admit(_ tenant: TenantID, _ key: APIKeyID?, exchange: Exchange) async throws(GatewayError) {
        guard let admission = router.admission(of: tenant, key: key) else { return }
        exchange.limited(try await admission.result().get())
    }

    /// As a provider counts; nil where none does, or none could now or in the caller's time. One that finds fault with
    /// the request is heard.
    private func counted(
        _ request: ChatRequest, attempts: RouteAttempts, exchange: Exchange
    ) async throws(GatewayError) -> Int? {
        // What a template was put in front of is not what the client wrote, so its bytes would be counted wrongly.
        guard let origin = request.origin, let document = origin.document else { return nil }
        var attempts = attempts
        attempts.keep { $0.api == .anthropic }
        if attempts.targets.isEmpty { return nil }
        let question = WholeDispatch.Question<Int>(
            call: { (target) throws(GatewayError) in
                MessagesTokenCount.call(passing: document.root, headers: origin.headers, model: target.model)
            },
            read: { (body, _) throws(ProviderFailure) in try MessagesTokenCount.read(body) })
        do throws(GatewayError) {
            let answered = try await WholeDispatch(upstream: upstream, exchange: exchange)
                .run(question, attempts: attempts, sent: 0)
            answered.attempt.end(.uncounted)
            return answered.value
        } catch {
            if [.providerRefused, .bodyTooLarge, .clientGone].contains(error.code) { throw error }
            return nil
        }
    }

    private func estimate(_ request: ChatRequest, model: String) throws(GatewayError) -> Int {
        MessagesTokenCount.estimate(try request.conversation()) { [router, analyzer] text in
            router.tokens(of: analyzer.scripts(of: text), model: model)
        }
    }
}
