import Foundation
import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Requests that share a call", .timeLimit(.minutes(1)))
struct CoalescingTests {
    private typealias Fixture = PipelineFixture

    /// Answers every request when the gate lets it.
    private static func gated(_ gate: ProceedGate) -> ScriptedServer.Script {
        { exchange in
            try await gate.wait()
            try await exchange.respond(body: Fixture.answer)
        }
    }

    @Test("Of a hundred equal questions at once one is asked; all get the answer, and its tokens are spent once")
    func equal() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            let replies = await withTaskGroup(of: (record: ExchangeRecord, text: String).self) { group in
                for _ in 0..<100 { group.addTask { await fixture.ask(Fixture.body("0 a")) } }
                await fixture.followed(by: 99)
                gate.proceed()
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(fixture.provider.record.requests.count == 1)
            #expect(replies.count { $0.record.outcome == .coalesced } == 99)
            #expect(replies.count { $0.record.outcome == .miss } == 1)
            #expect(Set(replies.map(\.text)) == [Fixture.answer])
            #expect(replies.filter { $0.record.outcome == .coalesced }.allSatisfy { $0.record.attempts.isEmpty })
            let exposition = fixture.exposition
            #expect(exposition.contains(#"refrain_tokens_total{kind="spent_completion"} 4"#))
            #expect(exposition.contains(#"refrain_tokens_total{kind="replayed_completion"} 396"#))
            #expect(exposition.contains(#"refrain_coalescing_total{result="process"} 99"#))
            #expect(fixture.recorded == 100)
            #expect(await fixture.ask(Fixture.body("0 a")).record.outcome == .hitExact)
        }
    }

    @Test("A question that means what is being asked shares the call, one that does not makes its own")
    func similar() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            async let first = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 1 }
            async let second = fixture.ask(Fixture.body("0 b"))
            await fixture.followed(by: 1)
            async let third = fixture.ask(Fixture.body("60 a"))
            await fixture.provider.wait { $0.requests.count == 2 }
            gate.proceed(2)
            #expect(await first.record.outcome == .miss)
            let shared = await second
            #expect(shared.record.outcome == .coalesced && shared.record.sharing == .similar)
            #expect(abs((shared.record.similarity ?? 0) - 1) < 0.001)
            #expect(shared.text == Fixture.answer)
            #expect(await third.record.outcome == .miss)
        }
    }

    @Test(
        "Who takes no answer to another question makes its own call, though another who asks the same shares one",
        arguments: ["exact", "budget"])
    func strict(_ what: String) async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            async let first = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 1 }
            async let second = fixture.ask(Fixture.body("0 b"))
            await fixture.followed(by: 1)
            async let third = fixture.ask(Fixture.body("0 b")) { headers in
                // Where a cosine decides, no budget can be kept but by none.
                if what == "exact" { headers.cacheMode = "exact" } else { headers.maxWrongHits = "0.1%" }
            }
            await fixture.provider.wait { $0.requests.count == 2 }
            gate.proceed(2)
            #expect(await first.record.outcome == .miss)
            #expect(await second.record.sharing == .similar)
            let own = await third.record
            #expect(own.outcome == .miss && own.similarity == nil && own.attempts.count == 1)
        }
    }

    @Test("A shared answer that came whole is streamed at the pace that its caller wants")
    func pace() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            async let first = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 1 }
            async let paced = fixture.replied(to: Fixture.body("0 a", more: #","stream":true"#)) {
                $0.replayRate = "10000"
            }
            await fixture.followed(by: 1)
            gate.proceed()
            _ = await first
            let reply = await paced
            #expect(reply.exchange.record.outcome == .coalesced)
            guard case .stream(let stream) = reply.body else {
                Issue.record("all frames came at once")
                return
            }
            #expect(stream is PacedReplay)
            #expect(await reply.text().hasSuffix("data: [DONE]\n\n"))
            await reply.exchange.finish(isClientGone: false)
        }
    }

    @Test("An answer that the cache would not keep is not said to a similar question")
    func unfit() async throws {
        let gate = ProceedGate()
        let filtered = Fixture.answer.replacingOccurrences(of: "stop", with: "content_filter")
        try await Fixture.run(shares: true, script: { exchange in
            let isFirst = String(decoding: exchange.request.body, as: UTF8.self).contains("0 a")
            if isFirst { try await gate.wait() }
            try await exchange.respond(body: isFirst ? filtered : Fixture.answer)
        }) { fixture in
            async let first = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 1 }
            async let same = fixture.ask(Fixture.body("0 a"))
            await fixture.followed(by: 1)
            async let second = fixture.ask(Fixture.body("0 b"))
            await fixture.followed(by: 2)
            gate.proceed()
            #expect(await first.text == filtered)
            #expect(await same.text == filtered)
            let own = await second
            #expect(own.text == Fixture.answer && own.record.outcome == .miss)
            #expect(fixture.provider.record.requests.count == 2)
        }
    }

    @Test(
        "Who wants a fresh answer, several, unusual ones or tools makes its own call",
        arguments: [",\"n\":2", ",\"temperature\":1.5", ",\"tools\":[{\"type\":\"function\"}]", "no-cache", "no-store"])
    func own(_ what: String) async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            let isHeader = !what.hasPrefix(",")
            let ask: @Sendable () async -> ExchangeRecord = {
                await fixture.ask(Fixture.body("0 a", more: isHeader ? "" : what)) {
                    if isHeader { $0.cacheControl = [what] }
                }.record
            }
            async let first = ask()
            async let second = ask()
            await fixture.provider.wait { $0.requests.count == 2 }
            gate.proceed(2)
            _ = await (first, second)
        }
    }

    @Test("Who asks after a purge follows no call from before it")
    func purged() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            async let before = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 1 }
            _ = try await fixture.store.purge(.everything, of: TenantID("acme"))
            async let after = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 2 }
            async let similar = fixture.ask(Fixture.body("0 b"))
            await fixture.followed(by: 1)
            gate.proceed(2)
            #expect(await before.record.outcome == .miss)
            #expect(await after.record.outcome == .miss)
            #expect(await similar.record.outcome == .coalesced)
            #expect(await fixture.ask(Fixture.body("0 a")).record.outcome == .hitExact)
        }
    }

    @Test("Tenants share nothing, nor do namespaces")
    func walls() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            async let first = fixture.ask(Fixture.body("0 a"))
            async let second = fixture.ask(Fixture.body("0 a")) { $0.namespace = "other" }
            async let third = fixture.ask(Fixture.body("0 a"), key: "sk-2")
            async let fourth = fixture.ask(Fixture.body("0 b"), key: "sk-2") { $0.namespace = "other" }
            await fixture.provider.wait { $0.requests.count == 4 }
            #expect(fixture.pipeline.coalescing?.counts.followers == 0)
            gate.proceed(4)
            for record in [await first.record, await second.record, await third.record, await fourth.record] {
                #expect(record.outcome == .miss && record.status == 200)
            }
        }
    }

    @Test("A follower's time is its own: it is told 504 while the others wait on")
    func deadline() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            async let first = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 1 }
            async let patient = fixture.ask(Fixture.body("0 a"))
            let hasty = await fixture.ask(Fixture.body("0 a")) { $0.timeout = .milliseconds(50) }
            #expect(hasty.record.status == 504)
            #expect(hasty.record.errorCode == .providerTimeout)
            await fixture.followed(by: 1)
            gate.proceed()
            #expect(await first.record.status == 200)
            #expect(await patient.record.outcome == .coalesced)
            #expect(fixture.provider.record.requests.count == 1)
        }
    }

    @Test("A follower whose client goes away leaves; the call goes on for the others")
    func followerGone() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            async let first = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 1 }
            let client = LeavingClient()
            async let left = fixture.ask(Fixture.body("0 a"), client: client)
            await fixture.followed(by: 1)
            client.leave()
            #expect(await left.record.status == 499)
            #expect(fixture.pipeline.coalescing?.counts.followers == 0)
            gate.proceed()
            #expect(await first.record.status == 200)
        }
    }

    @Test("A leader whose client goes away goes on while somebody follows, and no longer")
    func leaderGone() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            let (leader, follower) = (LeavingClient(), LeavingClient())
            async let first = fixture.ask(Fixture.body("0 a"), client: leader)
            await fixture.provider.wait { $0.requests.count == 1 }
            async let second = fixture.ask(Fixture.body("0 a"), client: follower)
            await fixture.followed(by: 1)
            leader.leave()
            gate.proceed()
            #expect(await second.text == Fixture.answer)
            _ = await first
            #expect(fixture.provider.record.requests.count == 1 && fixture.provider.record.peerCloses == 0)

            let (third, fourth) = (LeavingClient(), LeavingClient())
            async let one = fixture.ask(Fixture.body("60 a"), client: third)
            await fixture.provider.wait { $0.requests.count == 2 }
            async let two = fixture.ask(Fixture.body("60 a"), client: fourth)
            await fixture.followed(by: 1)
            third.leave()
            fourth.leave()
            #expect(await one.record.status == 499)
            #expect(await two.record.status == 499)
            await fixture.provider.wait { $0.peerCloses == 1 }
        }
    }

    @Test("With the store down calls are shared within the process all the same")
    func storeDown() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.gated(gate)) { fixture in
            fixture.store.goDown()
            async let first = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 1 }
            async let second = fixture.ask(Fixture.body("0 a"))
            await fixture.followed(by: 1)
            gate.proceed()
            #expect(await first.record.write == .storeDown)
            #expect(await second.record.outcome == .coalesced)
        }
    }

    @Test("With the store down, when no purge can be heard of, only requests of about the same time share a call")
    func storeDownLater() async throws {
        let gate = ProceedGate()
        let uptime = NIOLockedValueBox(Duration.milliseconds(700))
        try await Fixture.run(
            shares: true, uptime: { uptime.withLockedValue { $0 } }, script: Self.gated(gate)
        ) { fixture in
            fixture.store.goDown()
            async let first = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 1 }
            uptime.withLockedValue { $0 = .milliseconds(749) }
            async let second = fixture.ask(Fixture.body("0 a"))
            await fixture.followed(by: 1)
            uptime.withLockedValue { $0 = .milliseconds(750) }
            async let third = fixture.ask(Fixture.body("0 a"))
            await fixture.provider.wait { $0.requests.count == 2 }
            gate.proceed(2)
            #expect(await first.record.outcome == .miss)
            #expect(await second.record.outcome == .coalesced)
            #expect(await third.record.outcome == .miss)
        }
    }
}

extension PipelineFixture {
    /// The reply to a request of its tenant's, unread.
    func replied(to body: String, _ change: (inout CallerHeaders) -> Void) async -> Reply {
        var headers = CallerHeaders()
        change(&headers)
        let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient())
        return await pipeline.respond(
            to: ByteBuffer(string: body), headers: headers, scope: CacheScope(tenant: TenantID("acme")),
            exchange: exchange)
    }

    /// Waits until so many follow.
    func followed(by count: Int) async {
        while pipeline.coalescing?.counts.followers != count { try? await Task.sleep(for: .milliseconds(1)) }
    }
}
