import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Pipeline
@testable import SemanticCache

@Suite("Making answers anew behind the reply", .timeLimit(.minutes(1)))
struct RefreshTests {
    private typealias Fixture = RefreshFixture

    private static func answer(_ text: String) -> String {
        PipelineFixture.answer.replacing(#""content":"hi""#, with: #""content":"\#(text)""#)
    }

    @Test("A due answer is served as it is, marked, and made anew by one call; then fresh", arguments: [false, true])
    func due(isStream: Bool) async throws {
        let more = isStream ? #","stream":true"# : ""
        try await Fixture.run { fixture in
            #expect(await fixture.ask("0 a", more: more).record.outcome == .miss)
            #expect(await fixture.ask("0 a", more: more).record.freshness == nil)
            fixture.clock.advance(by: .seconds(100))
            for _ in 0..<5 {
                let (record, text) = await fixture.ask("0 a", more: more)
                #expect(record.outcome == .hitExact && text.contains("hi"))
            }
            try await fixture.awaitRefresh(.unchanged)
            #expect(fixture.calls == 2)
            let (record, _) = await fixture.ask("0 a", more: more)
            #expect(record.outcome == .hitExact && record.freshness == nil && record.age == .zero)
            // Once unchanged: twice as long.
            fixture.clock.advance(by: .seconds(199))
            #expect(await fixture.ask("0 a", more: more).record.freshness == nil)
            fixture.clock.advance(by: .seconds(1))
            #expect(await fixture.ask("0 a", more: more).record.freshness == .due)
            try await fixture.awaitRefresh(.unchanged, count: 2)
            #expect(fixture.calls == 3)
            #expect(fixture.value(#"refrain_cache_stale_hits_total{freshness="due"}"#) >= 2)
        }
    }

    @Test("An answer that has changed replaces the old one and is fresh for less")
    func changed() async throws {
        let calls = NIOLockedValueBox(0)
        let script: @Sendable (ScriptedExchange) async throws -> Void = { exchange in
            let number = calls.withLockedValue { count in
                count += 1
                return count
            }
            try await exchange.respond(body: Self.answer("within \(number) days"))
        }
        try await Fixture.run(script: script) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(100))
            #expect(await fixture.ask("0 a").text.contains("within 1 days"))
            try await fixture.awaitRefresh(.changed)
            #expect(await fixture.ask("0 a").text.contains("within 2 days"))
            fixture.clock.advance(by: .seconds(50))
            #expect(await fixture.ask("0 a").record.freshness == .due)
        }
    }

    @Test("A similar question's answer is made anew by the question it was stored for, behind the same wall")
    func similar() async throws {
        try await Fixture.run(mode: .semantic) { fixture in
            let asked = await fixture.ask("0 a", more: #","temperature":0.5"#)
            #expect(asked.record.write == .stored)
            let entry = try #require(await fixture.ask("0 a", more: #","temperature":0.5"#).record.entry)
            fixture.base.index.add(
                MirroredEntry(
                    id: entry, partition: try #require(fixture.store.all.first).partition, question: "0 a",
                    expires: fixture.clock.now + .seconds(1000), embedding: FakeEncoder.vector("0 a")))
            fixture.clock.advance(by: .seconds(100))
            let (hit, _) = await fixture.ask("0 b", more: #","temperature":0.5"#)
            if hit.outcome == .hitSemantic {
                try await fixture.awaitRefresh(.unchanged)
                let sent = try #require(fixture.base.provider.record.requests.last)
                let body = String(decoding: sent.body, as: UTF8.self)
                #expect(body.contains(#""content":"0 a""#) && body.contains(#""temperature":0.5"#))
                #expect(await fixture.ask("0 a", more: #","temperature":0.5"#).record.age == .zero)
                #expect(fixture.store.all.first?.vector != nil)
            } else {
                Issue.record("expected a hit, found \(String(describing: hit.missReason))")
            }
        }
    }

    @Test("What it can be forgotten by stays with an answer, whoever's request makes it anew")
    func labels() async throws {
        try await Fixture.run { fixture in
            _ = await fixture.ask("0 a", more: #","user":"ann""#) { $0.tags = ["prices"] }
            let before = try #require(fixture.store.all.first?.labels?.labels)
            fixture.clock.advance(by: .seconds(100))
            _ = await fixture.ask("0 a", more: #","user":"bob""#) { $0.tags = ["other"] }
            try await fixture.awaitRefresh(.unchanged)
            #expect(fixture.store.all.first?.labels?.labels == before)
            _ = try await fixture.store.purge(.tag("prices"), of: fixture.tenant)
            #expect(await fixture.ask("0 a").record.outcome == .miss)
        }
    }

    @Test("A request that says no-store makes nothing anew, nor does one whose answer a caller gave a shorter life")
    func unwanted() async throws {
        try await Fixture.run { fixture in
            _ = await fixture.ask("0 a")
            _ = await fixture.ask("0 b") { $0.cacheTTL = "300" }
            fixture.clock.advance(by: .seconds(200))
            #expect(await fixture.ask("0 a") { $0.cacheControl = ["no-store"] }.record.freshness == .due)
            #expect(await fixture.ask("0 b").record.freshness == nil)
            await fixture.desk.shutdown()
            #expect(fixture.calls == 2)
        }
    }

    @Test("It takes its tenant's limits as a request does, and fails where they leave no room")
    func limited() async throws {
        try await Fixture.run(requestsLimit: 3) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(100))
            _ = await fixture.ask("0 a")
            try await fixture.awaitRefresh(.unchanged)
            #expect(await fixture.ask("0 a").record.errorCode == .rateLimited)
        }
        try await Fixture.run(requestsLimit: 2) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(100))
            #expect(await fixture.ask("0 a").record.outcome == .hitExact)
            try await fixture.awaitRefresh(.failed)
            #expect(fixture.calls == 1)
        }
    }

    @Test("It is counted as spending and as a call, and not as a request")
    func counted() async throws {
        try await Fixture.run { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(100))
            _ = await fixture.ask("0 a")
            try await fixture.awaitRefresh(.unchanged)
            #expect(fixture.value(#"refrain_provider_attempts_total{deployment="p/served",result="ok"}"#) == 2)
            #expect(fixture.value(#"refrain_tokens_total{kind="spent_prompt"}"#) == 6)
            #expect(fixture.value(#"refrain_requests_total{outcome="miss",route="m",status_class="2xx"}"#) == 1)
            #expect(fixture.value(#"refrain_requests_total{outcome="hit-exact",route="m",status_class="2xx"}"#) == 1)
            #expect(fixture.value(#"refrain_requests_total{outcome="none",route="m",status_class="2xx"}"#) == 0)
            #expect(fixture.value("refrain_requests_in_flight") == 0)
        }
    }

    @Test("No more are under way than may be; one more is counted as refused")
    func bounded() async throws {
        let (gate, slow) = (ProceedGate(), NIOLockedValueBox(false))
        let script: @Sendable (ScriptedExchange) async throws -> Void = { exchange in
            if slow.withLockedValue({ $0 }) { try await gate.wait() }
            try await exchange.respond(body: PipelineFixture.answer)
        }
        try await Fixture.run(refreshLimit: 1, script: script) { fixture in
            _ = await fixture.ask("0 a")
            _ = await fixture.ask("0 b")
            fixture.clock.advance(by: .seconds(100))
            slow.withLockedValue { $0 = true }
            _ = await fixture.ask("0 a")
            await fixture.base.provider.wait { $0.requests.count == 3 }
            #expect(await fixture.ask("0 b").record.outcome == .hitExact)
            #expect(fixture.refreshes(.busy) == 1)
            gate.proceed()
            try await fixture.awaitRefresh(.unchanged)
            gate.proceed()
            _ = await fixture.ask("0 b")
            try await fixture.awaitRefresh(.unchanged, count: 2)
            #expect(fixture.calls == 4)
        }
    }

    @Test("A shutdown ends what is under way, and another replica may begin at once")
    func shutdown() async throws {
        let (gate, slow) = (ProceedGate(), NIOLockedValueBox(false))
        let script: @Sendable (ScriptedExchange) async throws -> Void = { exchange in
            if slow.withLockedValue({ $0 }) { try await gate.wait() }
            try await exchange.respond(body: PipelineFixture.answer)
        }
        try await Fixture.run(script: script) { fixture in
            _ = await fixture.ask("0 a")
            let entry = try #require(fixture.store.all.first)
            fixture.clock.advance(by: .seconds(100))
            slow.withLockedValue { $0 = true }
            _ = await fixture.ask("0 a")
            await fixture.base.provider.wait { $0.requests.count == 2 }
            await fixture.desk.shutdown()
            #expect(fixture.refreshes(.cancelled) == 1)
            let claim = try await fixture.leases.claim(
                entry.id, in: entry.partition, seen: entry.created, for: .seconds(1))
            guard case .granted = claim else {
                Issue.record("expected a lease, found \(claim)")
                return
            }
            _ = await fixture.ask("0 a")
            #expect(fixture.calls == 2)
        }
    }

    @Test("What was purged while its new answer was asked for is not served, and the new one neither")
    func purged() async throws {
        let (gate, slow) = (ProceedGate(), NIOLockedValueBox(false))
        let script: @Sendable (ScriptedExchange) async throws -> Void = { exchange in
            if slow.withLockedValue({ $0 }) { try await gate.wait() }
            try await exchange.respond(body: PipelineFixture.answer)
        }
        try await Fixture.run(script: script) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(100))
            slow.withLockedValue { $0 = true }
            _ = await fixture.ask("0 a")
            await fixture.base.provider.wait { $0.requests.count == 2 }
            _ = try await fixture.store.purge(.everything, of: fixture.tenant)
            gate.proceed(2)
            try await fixture.awaitRefresh(.unchanged)
            #expect(await fixture.ask("0 a").record.outcome == .miss)
        }
    }
}
