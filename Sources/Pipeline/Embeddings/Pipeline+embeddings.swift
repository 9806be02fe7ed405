package import GatewayCore
package import NIOCore
import Policy
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
                try await admit(scope.tenant, directory.key(of: headers), exchange: exchange)
                let deadline = headers.timeout.map { exchange.record.received + $0 }
                answer = try await embed(request, by: encoder, until: deadline, exchange: exchange)
            } else {
                answer = try await forward(request, headers: headers, scope: scope, exchange: exchange)
            }
            return Reply(status: 200, body: .json(answer), exchange: exchange)
        } catch {
            return Reply(refusing: error, exchange: exchange)
        }
    }

    private func embed(
        _ request: EmbeddingsRequest, by encoder: ServedEncoder, until deadline: ContinuousClock.Instant?,
        exchange: Exchange
    ) async throws(GatewayError) -> ByteBuffer {
        let texts = try request.texts(dimension: encoder.dimension)
        let start = ContinuousClock.now
        let result = await exchange.client.whilePresent { await encoder.result(of: texts, until: deadline) }
        exchange.note { $0.timings.embed = start.duration(to: .now) }
        let vectors = try result.get()
        let tokens = texts.reduce(0) { sum, text in
            sum + (encoder.tokens(of: text) ?? self.tokens(of: text, model: encoder.model))
        }
        return EmbeddingsAnswer.body(vectors, model: encoder.model, form: request.form, tokens: tokens)
    }

    /// By estimate.
    private func tokens(of text: String, model: String) -> Int {
        router.tokens(of: analyzer.scripts(of: text), model: model)
    }

    private func forward(
        _ request: EmbeddingsRequest, headers: CallerHeaders, scope: CacheScope, exchange: Exchange
    ) async throws(GatewayError) -> ByteBuffer {
        let plan = try router.plan(
            model: request.model, tenant: scope.tenant, key: directory.key(of: headers))
        exchange.planned(plan)
        let attempts = try await targets(for: request, plan: plan, headers: headers, scope: scope, exchange: exchange)
        let question = WholeDispatch.Question<(body: ByteBuffer, usage: TokenUsage?)>(
            call: { (target) throws(GatewayError) in try EmbeddingsProvider.call(request, to: target) },
            read: { [self] (body, target) throws(ProviderFailure) in
                try EmbeddingsProvider.read(body, of: request, from: target) {
                    request.input.texts.reduce(0) { $0 + tokens(of: $1, model: target.model) }
                }
            })
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
        wanted.key = directory.key(of: headers)
        wanted.priority = headers.priority.flatMap(WaitingClass.init(rawValue:))
        wanted.deadline = headers.timeout.map { exchange.record.received + $0 }
        if plan.needsTraits || headers.metadata != nil {
            let texts = request.input.texts
            // A token's number in JSON is about as long as the text it stands for.
            let other = texts.isEmpty ? request.root.rawText.readableBytes : 0
            wanted.traits = try analyzer.traits(embedding: texts, other: other, metadata: headers.metadata)
        }
        exchange.note { $0.timings.analyze = $0.received.duration(to: .now) }
        try await admit(scope.tenant, wanted.key, exchange: exchange)
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
    /// - Parameter deadline: when the caller waits no longer; `providerTimeout` from then on.
    fileprivate func result(
        of texts: [String], until deadline: ContinuousClock.Instant?
    ) async -> Result<[EmbeddingVector], GatewayError> {
        guard let deadline else { return await result(of: texts) }
        return await withTaskGroup(of: Result<[EmbeddingVector], GatewayError>?.self) { group in
            group.addTask { await self.result(of: texts) }
            group.addTask {
                try? await Task.sleep(until: deadline, clock: .continuous)
                return nil
            }
            // The first of the two; the other one is cancelled, and waited for by the group.
            defer { group.cancelAll() }
            if let result = await group.next() ?? nil { return result }
            return .failure(
                GatewayError(.providerTimeout, "the encoder did not answer within the time that the request gave"))
        }
    }

    private func result(of texts: [String]) async -> Result<[EmbeddingVector], GatewayError> {
        do throws(GatewayError) { return .success(try await vectors(of: texts)) } catch { return .failure(error) }
    }
}
