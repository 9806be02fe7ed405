package import GatewayCore
package import NIOCore
package import Policy
import ProviderAPIs
package import RequestAnalysis
package import Routing
package import SemanticCache
package import Telemetry
package import Upstream

/// The way of a request. Read this first.
///
/// Who asks is settled before the cache, so that no hit passes it by. What goes wrong in the cache costs time that is
/// bounded and never the answer. Stages decide, the pipeline records.
package struct Pipeline: Sendable {
    package let directory: TenantDirectory
    package let analyzer: RequestAnalyzer
    package let cache: CacheStage
    package let router: Router
    package let upstream: UpstreamCaller
    package let writer: CacheWriter
    package let recorder: Recorder

    package init(
        directory: TenantDirectory, analyzer: RequestAnalyzer, cache: CacheStage, router: Router,
        upstream: UpstreamCaller, writer: CacheWriter, recorder: Recorder
    ) {
        self.directory = directory
        self.analyzer = analyzer
        self.cache = cache
        self.router = router
        self.upstream = upstream
        self.writer = writer
        self.recorder = recorder
    }

    /// The names clients may ask for.
    package var models: [String] { router.models }

    /// Answers one chat completion request. The reply's exchange is recorded when its body has been written.
    /// - Parameter scope: who asks, as the directory has identified the caller before the body was read.
    package func respond(
        to body: ByteBuffer, headers: CallerHeaders, scope: CacheScope, exchange: Exchange
    ) async -> Reply {
        exchange.identified(scope)
        do throws(GatewayError) {
            let request = try analyzer.parse(body)
            let plan = try router.plan(model: request.model, now: .now)
            exchange.planned(plan)
            let analyzed = try analyzer.analyze(request, headers: headers, scope: scope, modelClass: request.model)
            exchange.analyzed(request)

            let lookup = await cache.find(analyzed, threshold: plan.threshold, exchange: exchange)
            if let hit = lookup.hit {
                if let reply = try? Replay.reply(hit, to: request, exchange: exchange) { return reply }
                // An entry that cannot be rendered is as good as gone; the provider's answer will replace it.
                exchange.missed(.expired, outcome: .miss, similarity: hit.similarity)
            }
            return try await forward(analyzed, plan: plan, lookup: lookup, exchange: exchange)
        } catch {
            return Reply(refusing: error, exchange: exchange)
        }
    }

    /// Asks a provider and keeps its answer.
    private func forward(
        _ analyzed: AnalyzedRequest, plan: RoutePlan, lookup: CacheStage.Lookup, exchange: Exchange
    ) async throws(GatewayError) -> Reply {
        let keep = KeepAnswer(writer: writer, request: analyzed, vector: lookup.vector, isStoreDown: lookup.isStoreDown)
        switch try await call(analyzed.request, plan: plan, exchange: exchange) {
        case .whole(let answer):
            exchange.answered(answer, write: await keep(answer))
            return try Replay.reply(answer, to: analyzed.request, exchange: exchange)
        case .stream(let stream):
            let tee = ReplyTee(stream: stream, keep: keep, exchange: exchange) { [router] deployment in
                router.report(.failed, of: deployment, now: .now)
            }
            return Reply(status: 200, body: .stream(tee), exchange: exchange)
        }
    }

    private func call(
        _ request: ChatRequest, plan: RoutePlan, exchange: Exchange
    ) async throws(GatewayError) -> UpstreamReply {
        let start = ContinuousClock.now
        let call = await exchange.client.whilePresent { [upstream, router] in
            await upstream.call(request, plan: plan) { outcome, deployment in
                router.report(outcome, of: deployment, now: .now)
            }
        }
        exchange.called(call.attempts, took: start.duration(to: .now))
        return try call.result.get()
    }
}
