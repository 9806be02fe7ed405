import Embedding
import GatewayCore
import GatewayTesting
import NIOCore
import RequestAnalysis
import SemanticCache
import Testing

@testable import Pipeline

@Suite("The way of a request", .timeLimit(.minutes(1)))
struct PipelineTests {
    private typealias Fixture = PipelineFixture

    @Test("A miss is stored; the same question is then an exact hit and a similar one a semantic hit, one record each")
    func missThenHits() async throws {
        try await Fixture.run { fixture in
            let first = await fixture.ask(Fixture.body("0 how do I begin"))
            #expect(first.record.outcome == .miss)
            #expect(first.record.missReason == .partitionEmpty)
            #expect(first.record.write == .stored)
            #expect(first.record.attempts.map(\.result) == ["ok"])
            #expect(first.record.tenant == TenantID("acme"))
            #expect(first.record.route == "m")

            let second = await fixture.ask(Fixture.body("0 how do I begin?"))
            #expect(second.record.outcome == .hitExact)
            #expect(second.text == Fixture.answer)
            #expect(second.record.usage == TokenUsage(promptTokens: 3, completionTokens: 4))
            #expect(fixture.encoder.calls == 1, "an exact hit embeds nothing")

            let third = await fixture.ask(Fixture.body("0 how can I begin"))
            #expect(third.record.outcome == .hitSemantic)
            #expect(third.record.entry == second.record.entry)
            #expect(third.record.similarity == 1)
            #expect(fixture.provider.record.requests.count == 1)
            #expect(fixture.recorded == 3)
        }
    }

    @Test("A question too far away is a miss, which says how near the best was if that was near the threshold")
    func below() async throws {
        try await Fixture.run { fixture in
            _ = await fixture.ask(Fixture.body("0 begin"))
            let far = await fixture.ask(Fixture.body("60 end"))
            #expect(far.record.missReason == .below)
            #expect(far.record.similarity == nil)
            let close = await fixture.ask(Fixture.body("30 end"))
            #expect(close.record.missReason == .below)
            #expect(abs((close.record.similarity ?? 0) - 0.8660) < 0.001)
        }
    }

    @Test("What the encoder cannot do is the reason of a miss, and the answer is stored for the same words", arguments: [
        (EmbeddingErrorCode.overloaded, MissReason.encoderOverloaded), (.textTooLong, .overWindow),
        (.remoteFailed, .encoderFailed),
    ])
    func encoderFailures(code: EmbeddingErrorCode, reason: MissReason) async throws {
        try await Fixture.run { fixture in
            fixture.encoder.become(.fails(code))
            let miss = await fixture.ask(Fixture.body("0 a"))
            #expect(miss.record.missReason == reason)
            #expect(miss.record.write == .stored)
            #expect(await fixture.ask(Fixture.body("0 a")).record.outcome == .hitExact)
        }
    }

    @Test("An encoder that is not believed finds and leaves no vector; the same words are found as ever")
    func encoderNotBelieved() async throws {
        try await Fixture.run(isChecked: true) { fixture in
            let check = try #require(fixture.check)
            #expect(await fixture.ask(Fixture.body("0 a")).record.missReason == .encoderUnchecked)
            #expect(await fixture.ask(Fixture.body("0 a")).record.outcome == .hitExact)
            #expect(fixture.encoder.calls == 0 && fixture.index.count == 0)
            await check.check()
            #expect(await fixture.ask(Fixture.body("0 b")).record.missReason == .partitionEmpty)
            #expect(await fixture.ask(Fixture.body("0 e")).record.outcome == .hitSemantic)
            #expect(fixture.index.count == 1)
            fixture.encoder.become(.turned)
            await check.check()
            let calls = fixture.encoder.calls
            #expect(await fixture.ask(Fixture.body("0 c")).record.missReason == .encoderMismatch)
            #expect(await fixture.ask(Fixture.body("0 c")).record.outcome == .hitExact)
            #expect(await fixture.ask(Fixture.body("0 b")).record.outcome == .hitExact)
            #expect(fixture.encoder.calls == calls && fixture.index.count == 1)
            fixture.encoder.become(.well)
            await check.check()
            #expect(await fixture.ask(Fixture.body("0 d")).record.outcome == .hitSemantic)
        }
    }

    @Test("An encoder that hangs costs its deadline, and after five times nothing")
    func encoderHangs() async throws {
        try await Fixture.run(deadline: .milliseconds(5)) { fixture in
            fixture.encoder.become(.hangs)
            for number in 0..<5 {
                #expect(await fixture.ask(Fixture.body("0 \(number)")).record.missReason == .encoderTimeout)
            }
            #expect(await fixture.ask(Fixture.body("0 six")).record.missReason == .encoderFailed)
            #expect(fixture.encoder.calls == 5)
        }
    }

    @Test("A full queue does not open the breaker")
    func overloadIsNoFault() async throws {
        try await Fixture.run { fixture in
            fixture.encoder.become(.fails(.overloaded))
            for number in 0..<8 { _ = await fixture.ask(Fixture.body("0 \(number)")) }
            #expect(fixture.encoder.calls == 8)
        }
    }

    @Test("A store that is down is asked once, the provider answers, and nothing is written")
    func storeDown() async throws {
        try await Fixture.run { fixture in
            fixture.store.goDown()
            let reply = await fixture.ask(Fixture.body("0 a"))
            #expect(reply.text == Fixture.answer)
            #expect(reply.record.missReason == .storeDown)
            #expect(reply.record.write == .storeDown)
            #expect(fixture.store.loads == 1)
            #expect(fixture.store.saves == 0)
            #expect(fixture.encoder.calls == 0)
        }
    }

    @Test("A cache that is off is neither asked nor filled")
    func cacheOff() async throws {
        try await Fixture.run(mode: .off) { fixture in
            let reply = await fixture.ask(Fixture.body("0 a"))
            #expect(reply.record.outcome == .bypass)
            #expect(reply.record.missReason == .cacheOff)
            #expect(fixture.store.loads == 0)
            #expect(fixture.store.saves == 0)
        }
    }

    @Test("A cache that is exact embeds nothing; without an encoder the reason says so")
    func withoutEncoder() async throws {
        try await Fixture.run(mode: .exact) { fixture in
            #expect(await fixture.ask(Fixture.body("0 a")).record.missReason == .exactOnly)
            #expect(await fixture.ask(Fixture.body("0 a")).record.outcome == .hitExact)
            #expect(fixture.encoder.calls == 0)
        }
        try await Fixture.run(hasEncoder: false) { fixture in
            #expect(await fixture.ask(Fixture.body("0 a")).record.missReason == .encoderOff)
            #expect(await fixture.ask(Fixture.body("0 a")).record.outcome == .hitExact)
        }
    }

    @Test("What callers say holds: no lookup, no write, both, or no cache at all")
    func directives() async throws {
        try await Fixture.run { fixture in
            let unwritten = await fixture.ask(Fixture.body("0 a")) { $0.cacheControl = ["no-store"] }
            #expect(unwritten.record.outcome == .miss)
            #expect(unwritten.record.write == .callerNoStore)
            #expect(fixture.store.saves == 0)
            let fresh = await fixture.ask(Fixture.body("0 a")) { $0.cacheControl = ["no-cache"] }
            #expect(fresh.record.outcome == .bypass)
            #expect(fresh.record.missReason == .callerBypass)
            #expect(fresh.record.write == .stored)
            #expect(await fixture.ask(Fixture.body("0 b")).record.outcome == .hitSemantic)
            let exact = await fixture.ask(Fixture.body("0 b")) { $0.cacheMode = "exact" }
            #expect(exact.record.missReason == .exactOnly)
            let calls = fixture.encoder.calls
            let neither = await fixture.ask(Fixture.body("0 a")) { $0.cacheControl = ["no-cache, no-store"] }
            #expect(neither.record.outcome == .bypass)
            #expect(fixture.encoder.calls == calls, "a vector nobody needs is not made")
            let off = await fixture.ask(Fixture.body("0 a")) { $0.cacheMode = "off" }
            #expect(off.record.outcome == .bypass)
            #expect(off.record.write == .notCacheable)
        }
    }

    @Test("Refusals have one record each, with the tenant and the route as far as they are known", arguments: [
        ("{", "sk", GatewayErrorCode.invalidJSON, 400, "acme", nil),
        ("{}", nil, .unauthorized, 401, nil, nil), ("{}", "sk", .invalidRequest, 400, "acme", nil),
        (#"{"model":"x","messages":[{"role":"user","content":"q"}]}"#, "sk", .modelNotFound, 404, "acme", nil),
    ] as [(String, String?, GatewayErrorCode, Int, String?, String?)])
    func refusals(
        body: String, key: String?, code: GatewayErrorCode, status: Int, tenant: String?, route: String?
    ) async throws {
        try await Fixture.run { fixture in
            let reply = await fixture.ask(body, key: key)
            #expect(reply.record.errorCode == code)
            #expect(reply.record.status == status)
            #expect(reply.record.tenant?.description == tenant)
            #expect(reply.record.route == route)
            #expect(reply.text.hasPrefix(#"{"error":{"message":"#))
            #expect(fixture.recorded == 1)
            #expect(fixture.provider.record.requests.isEmpty)
        }
    }

    @Test("An entry that cannot be rendered is passed by, and the provider's answer replaces it")
    func brokenEntry() async throws {
        try await Fixture.run { fixture in
            let body = Fixture.body("0 a", more: #","stream":true"#)
            let first = await fixture.ask(body)
            #expect(first.record.write == .stored)
            let hit = await fixture.ask(body)
            let id = try #require(hit.record.entry)
            let analyzed = try fixture.pipeline.analyzer.analyze(
                try fixture.pipeline.analyzer.parse(ByteBuffer(string: body)), headers: CallerHeaders(),
                scope: CacheScope(tenant: TenantID("acme")), modelClass: "m")
            let place = try #require(analyzed.place)
            try await fixture.store.base.save(
                StoredEntry(
                    id: id, partition: place.partition, question: "0 a", answer: ByteBuffer(string: "{"), model: nil,
                    usage: nil, created: .now(), expires: .now() + .seconds(60), vector: nil))
            let healed = await fixture.ask(body)
            #expect(healed.record.outcome == .miss)
            #expect(healed.record.missReason == .expired)
            #expect(healed.record.status == 200)
            #expect(await fixture.ask(body).record.outcome == .hitExact)
        }
    }

    @Test("An exchange that is dropped without an answer is recorded as its client's going, once")
    func dropped() async throws {
        try await Fixture.run { fixture in
            do {
                let exchange = Exchange(recorder: fixture.pipeline.recorder, client: PatientClient())
                #expect(exchange.record.status == 0)
                #expect(fixture.exposition.contains("refrain_requests_in_flight 1"))
            }
            #expect(fixture.recorded == 1)
            #expect(fixture.exposition.contains("refrain_requests_in_flight 0"))
            #expect(fixture.exposition.contains("refrain_client_gone_total 1"))
            let exchange = Exchange(recorder: fixture.pipeline.recorder, client: PatientClient())
            await exchange.finish(isClientGone: false)
            await exchange.finish(isClientGone: true)
            #expect(fixture.recorded == 2)
            #expect(!exchange.record.isClientGone)
        }
    }
}
