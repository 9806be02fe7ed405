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
///
/// A class: each request's tasks hold it, and its stages are many.
package final class Pipeline: Sendable {
    package let directory: TenantDirectory
    package let analyzer: RequestAnalyzer
    package let cache: CacheStage
    package let router: Router
    package let upstream: UpstreamCaller
    package let writer: CacheWriter
    package let recorder: Recorder
    /// Remembers answers that may be judged.
    package let feedback: FeedbackDesk
    /// Nil where no answer is made anew.
    let refreshes: RefreshDesk?
    /// Nil where clients get no vectors of the gateway's own encoder.
    let served: ServedEncoder?
    /// Nil where thoughts of calls are not kept.
    let thoughts: ThoughtDesk?
    /// Nil where responses are not kept.
    let responses: ResponseDesk?
    /// Nil where each request makes its own call.
    let coalescing: Coalescing?
    /// For callers that do not say.
    let replayPace: ReplayPace
    /// Learns from fresh answers; nil where nothing is decided by an error budget.
    let labels: FreeLabels?
    /// Looks into stored answers; nil where nobody does.
    let audits: AuditDesk?
    /// Acts on judgments of hits; nil where they are not judged.
    let judgments: HitJudgments?

    /// - Parameters:
    ///   - answers: where those that may be judged are remembered.
    ///   - responses: keeps responses for clients that go on from them.
    ///   - served: the gateway's own encoder, where clients may ask it.
    ///   - refreshes: makes answers anew that are due.
    ///   - thoughts: keeps thoughts of calls for clients that drop them.
    ///   - coalescing: lets requests share calls; nil where each makes its own.
    ///   - replayPace: how fast stored answers are streamed, where callers do not say.
    ///   - labels: learns from fresh answers whether stored ones would have been right.
    ///   - audits: looks into stored answers.
    ///   - judgments: acts on judgments of hits.
    package init(
        directory: TenantDirectory, analyzer: RequestAnalyzer, cache: CacheStage, router: Router,
        upstream: UpstreamCaller, writer: CacheWriter, recorder: Recorder,
        answers: any FeedbackStore = FeedbackMemory(), responses: ResponseDesk? = nil, served: ServedEncoder? = nil,
        thoughts: ThoughtDesk? = nil, coalescing: Coalescing? = nil, replayPace: ReplayPace = .atOnce,
        refreshes: RefreshDesk? = nil, labels: FreeLabels? = nil,
        audits: AuditDesk? = nil, judgments: HitJudgments? = nil
    ) {
        self.coalescing = coalescing
        self.replayPace = replayPace
        self.refreshes = refreshes
        self.labels = labels
        self.audits = audits
        self.judgments = judgments
        self.responses = responses
        self.thoughts = thoughts
        self.served = served
        self.directory = directory
        self.analyzer = analyzer
        self.cache = cache
        self.router = router
        self.upstream = upstream
        self.writer = writer
        self.recorder = recorder
        self.feedback = FeedbackDesk(router: router, store: answers, hits: judgments)
    }

    /// The names clients may ask for.
    package var models: [String] { served.map { (router.models + [$0.model]).sorted() } ?? router.models }

    /// Answers one request of the API that the exchange's client speaks. The reply's exchange is recorded when its body
    /// has been written.
    /// - Parameter scope: who asks, as the directory has identified the caller before the body was read.
    package func respond(
        to body: ByteBuffer, headers: CallerHeaders, scope: CacheScope, exchange: Exchange
    ) async -> Reply {
        exchange.identified(scope)
        do throws(GatewayError) {
            let (asked, keeping) = try await read(body, as: exchange.api, headers: headers, tenant: scope.tenant)
            let reply = try await respond(to: asked, headers: headers, scope: scope, exchange: exchange)
            return await keeping?.keeping(reply) ?? reply
        } catch {
            return Reply(refusing: error, exchange: exchange)
        }
    }

    /// - Parameter asked: what the caller wrote.
    private func respond(
        to asked: ChatRequest, headers: CallerHeaders, scope: CacheScope, exchange: Exchange
    ) async throws(GatewayError) -> Reply {
        let pace = try ReplayPace(headers, usual: replayPace)
        let key = directory.key(of: headers)
        let plan = try router.plan(model: asked.model, tenant: scope.tenant, key: key)
        exchange.planned(plan)
        let request = try analyzer.applyTemplate(to: asked, plan: plan, headers: headers).following(asked)
        let analyzed = try analyzer.analyze(
            request, headers: headers, scope: scope, modelClass: request.model, tags: plan.cacheTags,
            lives: plan.cacheLives, policy: plan.cache, findsPlace: cache.mode != .off)
        exchange.analyzed(request)
        exchange.judged(analyzed.judgment, tells: headers.wantsReasons)

        let lookup = try await admit(scope.tenant, key, exchange: exchange) {
            await cache.find(analyzed, plan: plan, exchange: exchange)
        }
        let deadline = headers.timeout.map { exchange.record.received + $0 }
        if let hit = lookup.hit,
            let reply = serve(hit, to: request, pace: pace, deadline: deadline, exchange: exchange)
        {
            refresh(hit, to: analyzed, plan: plan, headers: headers, scope: scope)
            await audit(hit, of: analyzed, lookup: lookup, headers: headers, exchange: exchange)
            remember(hit, of: analyzed, lookup: lookup, route: plan.route, exchange: exchange)
            return reply
        }
        if analyzed.directives.isOnlyIfCached {
            throw GatewayError(.notCached, "the cache holds no such answer, and only-if-cached asks for no other")
        }
        // A session is known by its own words and not by those of a template, which many share.
        let sign = headers.session == nil ? analyzer.session(of: asked, by: plan.sessions) : nil
        var duty: FlightDuty?
        do throws(GatewayError) {
            switch try await share(
                analyzed, missed: lookup, plan: plan, pace: pace, until: deadline, exchange: exchange)
            {
            case .replies(let reply): return reply
            case .calls(let own): duty = own
            }
            let attempts = try await choose(
                plan, for: request, sign: sign, headers: headers, scope: scope, lookup: lookup, exchange: exchange)
            return try await forward(
                analyzed, attempts: attempts, lookup: lookup, headers: headers, tenant: scope.tenant, duty: &duty,
                pace: pace, exchange: exchange)
        } catch {
            duty?.fail(
                error, isOwn: deadline.map { $0 <= .now } ?? false, wasCalled: !exchange.record.attempts.isEmpty,
                api: exchange.api)
            if error.mayBeStoodInFor, let hit = await cache.standIn(for: analyzed, lookup, exchange: exchange),
                let reply = serve(hit, to: request, pace: pace, deadline: deadline, exchange: exchange)
            {
                return reply
            }
            throw error
        }
    }

    /// Nil for an entry that cannot be rendered: it is as good as gone, and the provider's answer will replace it.
    func serve(
        _ hit: CacheHit, to request: ChatRequest, pace: ReplayPace, deadline: ContinuousClock.Instant?,
        exchange: Exchange
    ) -> Reply? {
        exchange.priced(saved: router.cost(of: hit.usage, model: hit.model))
        if let reply = try? Replay.reply(hit, to: request, pace: pace, deadline: deadline, exchange: exchange) {
            return reply
        }
        exchange.missed(.expired, outcome: .miss, similarity: hit.similarity)
        return nil
    }

    /// Looks up while the caller's request rates are charged, so that both together take one round trip.
    private func admit(
        _ tenant: TenantID, _ key: APIKeyID?, exchange: Exchange, lookUp: @Sendable () async -> CacheStage.Lookup
    ) async throws(GatewayError) -> CacheStage.Lookup {
        guard let admission = router.admission(of: tenant, key: key) else { return await lookUp() }
        async let admitted = admission.result()
        let lookup = await lookUp()
        do throws(GatewayError) {
            exchange.limited(try await admitted.get())
        } catch {
            if lookup.hit != nil { exchange.withheld() }
            throw error
        }
        return lookup
    }

    /// Which targets the request may go to.
    func choose(
        _ plan: RoutePlan, for request: ChatRequest, sign: String?, headers: CallerHeaders, scope: CacheScope,
        lookup: CacheStage.Lookup, exchange: Exchange
    ) async throws(GatewayError) -> RouteAttempts {
        var asked = RouteRequest(model: request.model, tenant: scope.tenant, session: headers.session)
        asked.key = directory.key(of: headers)
        asked.sessionSign = sign
        asked.priority = headers.priority.flatMap(WaitingClass.init(rawValue:))
        asked.deadline = headers.timeout.map { exchange.record.received + $0 }
        let isLabelled = headers.metadata != nil || request.document.root["metadata"] != nil
        if plan.needsTraits || isLabelled {
            let traits = try analyzer.traits(of: request, metadata: headers.metadata)
            if plan.needsTraits || !traits.metadata.isEmpty { asked.traits = traits }
        }
        if plan.needsEmbedding { asked.embedding = await cache.embedding(of: request, known: lookup.vector) }
        do throws(GatewayError) {
            let attempts = try router.attempts(for: asked)
            exchange.chose(attempts)
            return attempts
        } catch {
            if error.code == .noCompliantTarget { exchange.note { $0.stage = DecisionStage.none } }
            throw error
        }
    }

    /// Asks a provider and keeps its answer.
    /// - Parameters:
    ///   - pace: at which an answer is streamed that another replica has stored meanwhile.
    ///   - refresh: for an answer made anew, which nobody judges or goes on from.
    func forward(
        _ analyzed: AnalyzedRequest, attempts: RouteAttempts, lookup: CacheStage.Lookup, headers: CallerHeaders,
        tenant: TenantID, duty: inout FlightDuty?, pace: ReplayPace = .atOnce, exchange: Exchange,
        refresh: RefreshOrder? = nil
    ) async throws(GatewayError) -> Reply {
        let request = await thoughts?.restoring(
            analyzed.request, for: attempts, tenant: tenant, analyzer: analyzer)
        let answered: Dispatch.Answered
        switch try await call(
            request ?? analyzed.request, of: analyzed, attempts: attempts, duty: &duty, pace: pace,
            exchange: exchange)
        {
        case .answered(let own): answered = own
        case .replies(let reply): return reply
        }
        var keep = KeepAnswer(
            writer: writer, writes: cache.writes, request: analyzed, vector: lookup.vector,
            isStoreDown: lookup.isStoreDown, generation: lookup.generation, refresh: refresh)
        keep.duty = duty
        keep.isStandIn = attempts.isStandIn(answered.attempt.target)
        if let thoughts, refresh == nil, !analyzed.directives.skipsWrite {
            keep.keepThoughts = thoughts.keeper(of: answered.attempt.target, tenant: tenant, analyzer: analyzer)
        }
        if let labels, let ticket = lookup.ticket {
            let asked = audits == nil
                ? nil : subject(of: analyzed, lookup: lookup, headers: headers, exchange: exchange)
            keep.learn = { labels.take($0, to: analyzed, ticket: ticket, subject: asked) }
        }
        if refresh == nil { remember(answered.attempt, exchange: exchange) }
        switch answered.reply {
        case .whole(let answer, let passed):
            let cost = answered.attempt.end(.answered(usage: answer.usage, firstToken: nil))
            exchange.settled(cost: cost)
            exchange.answered(answer)
            keep(answer, took: answered.duration, for: exchange)
            return try Replay.reply(answer, passed: passed, to: analyzed.request, exchange: exchange)
        case .stream(let stream):
            let tee = ReplyTee(
                stream: stream, keep: keep, exchange: exchange, attempt: answered.attempt,
                firstToken: answered.firstToken, sent: analyzed.request.document.text.readableBytes,
                deadline: attempts.deadline)
            return Reply(status: 200, body: .stream(tee), exchange: exchange)
        }
    }
}
