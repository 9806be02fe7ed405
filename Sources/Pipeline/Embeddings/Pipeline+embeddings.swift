package import GatewayCore
package import NIOCore
import ProviderAPIs
import RequestAnalysis
import Routing

extension Pipeline {
    /// Answers a request for embeddings (`POST /v1/embeddings`): by the gateway's own encoder where its name is asked
    /// for, else by a target of the route. The reply's exchange is recorded when its body has been written.
    package func embed(
        _ body: ByteBuffer, headers: CallerHeaders, scope: CacheScope, exchange: Exchange
    ) async -> Reply {
        exchange.identified(scope)
        do throws(GatewayError) {
            let request = try EmbeddingsRequest(analyzer.document(body).root)
            let answer: ByteBuffer
            if let encoder = served, encoder.model == request.model {
                exchange.note { $0.route = encoder.model }
                try await admit(scope.tenant, exchange: exchange)
                answer = try await embed(request, by: encoder, exchange: exchange)
            } else {
                answer = try await forward(request, headers: headers, scope: scope, exchange: exchange)
            }
            return Reply(status: 200, body: .json(answer), exchange: exchange)
        } catch {
            return Reply(refusing: error, exchange: exchange)
        }
    }

    private func embed(
        _ request: EmbeddingsRequest, by encoder: ServedEncoder, exchange: Exchange
    ) async throws(GatewayError) -> ByteBuffer {
        let texts = try request.texts(dimension: encoder.dimension)
        let start = ContinuousClock.now
        let result = await exchange.client.whilePresent { await encoder.result(of: texts) }
        exchange.note { $0.timings.embed = start.duration(to: .now) }
        let vectors = try result.get()
        let tokens = texts.reduce(0) { sum, text in
            sum + (encoder.tokens(of: text) ?? router.tokens(of: analyzer.scripts(of: text), model: encoder.model))
        }
        return EmbeddingsAnswer.body(vectors, model: encoder.model, form: request.form, tokens: tokens)
    }

    private func forward(
        _ request: EmbeddingsRequest, headers: CallerHeaders, scope: CacheScope, exchange: Exchange
    ) async throws(GatewayError) -> ByteBuffer {
        let plan = try router.plan(model: request.model, tenant: scope.tenant)
        exchange.planned(plan)
        let attempts = try await targets(for: request, plan: plan, headers: headers, scope: scope, exchange: exchange)
        let question = WholeDispatch.Question<(body: ByteBuffer, usage: TokenUsage?)>(
            call: { (target) throws(GatewayError) in EmbeddingsProvider.call(request, to: target) },
            read: { (body) throws(ProviderFailure) in try EmbeddingsProvider.read(body, of: request) })
        let answered = try await WholeDispatch(upstream: upstream, exchange: exchange)
            .run(question, attempts: attempts, sent: request.root.rawText.readableBytes)
        let usage = answered.value.usage
        exchange.settled(cost: answered.attempt.end(.answered(usage: usage, firstToken: nil)))
        exchange.note { record in
            record.resolvedModel = answered.attempt.target.model
            record.usage = usage
        }
        return answered.value.body
    }

    /// The targets of the route that make embeddings.
    private func targets(
        for request: EmbeddingsRequest, plan: RoutePlan, headers: CallerHeaders, scope: CacheScope, exchange: Exchange
    ) async throws(GatewayError) -> RouteAttempts {
        var wanted = RouteRequest(model: request.model, tenant: scope.tenant)
        wanted.priority = headers.priority.flatMap(WaitingClass.init(rawValue:))
        wanted.deadline = headers.timeout.map { exchange.record.received + $0 }
        if plan.needsTraits || headers.metadata != nil {
            let texts: [String]
            // A token's number in JSON is about as long as the text it stands for.
            var other = 0
            switch request.input {
            case .texts(let found): texts = found
            case .tokens: (texts, other) = ([], request.root.rawText.readableBytes)
            }
            wanted.traits = try analyzer.traits(embedding: texts, other: other, metadata: headers.metadata)
        }
        exchange.note { $0.timings.analyze = $0.received.duration(to: .now) }
        try await admit(scope.tenant, exchange: exchange)
        var attempts = try router.attempts(for: wanted)
        attempts.keep { EmbeddingsProvider.speaks($0.api) }
        guard !attempts.targets.isEmpty else {
            throw GatewayError(
                .invalidRequest, "no provider of the model '\(request.model)' makes embeddings", parameter: "model")
        }
        return attempts
    }
}

extension ServedEncoder {
    /// The same as ``vectors(of:)`` without throwing.
    fileprivate func result(of texts: [String]) async -> Result<[EmbeddingVector], GatewayError> {
        do throws(GatewayError) { return .success(try await vectors(of: texts)) } catch { return .failure(error) }
    }
}
