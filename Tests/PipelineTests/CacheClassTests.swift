import GatewayCore
import GatewayTesting
import NIOCore
import Policy
import Testing

@testable import Pipeline

@Suite("Classes of requests", .timeLimit(.minutes(1)))
struct CacheClassTests {
    private typealias Fixture = PipelineFixture

    private static let turns = #"{"role":"user","content":"Hello there"},{"role":"assistant","content":"Hi"},"#

    private func body(_ question: String, turns: String = "", more: String = "") -> String {
        #"{"model":"m","messages":[{"role":"system","content":"s"},\#(turns){"role":"user","content":"\#(question)"}]\#(more)}"#
    }

    private func policy(_ change: (inout CachePolicy) -> Void) -> CachePolicy {
        var policy = CachePolicy()
        change(&policy)
        return policy
    }

    @Test("A route in the shadow decides, stores and tells, and every answer is the provider's")
    func shadow() async throws {
        try await Fixture.run(policy: policy { $0.rule = .shadow }) { fixture in
            let first = await fixture.ask(body("0 how do I begin")).record
            #expect(first.shadow == .miss && first.write == .stored && first.missReason == .partitionEmpty)
            let same = await fixture.ask(body("0 how do I begin")).record
            #expect(same.shadow == .hitExact && same.outcome == .miss && same.missReason == .shadow)
            #expect(same.entry == nil && same.attempts.count == 1 && same.write == .stored)
            let like = await fixture.ask(body("0 how can I begin")).record
            #expect(like.shadow == .hitSemantic && like.similarity == 1)
            #expect(fixture.provider.record.requests.count == 3)
            let series = #"refrain_cache_shadow_total{outcome="hit-semantic",route="m"} 1"#
            #expect(fixture.exposition.contains(series))
        }
    }

    @Test("A route without a cache is neither asked nor filled; one that is exact finds the same request alone")
    func routes() async throws {
        try await Fixture.run(policy: policy { $0.rule = .off }) { fixture in
            let off = await fixture.ask(body("0 how do I begin")).record
            #expect(off.outcome == .bypass && off.missReason == .routeOff && off.write == .notCacheable)
            #expect(fixture.store.loads == 0 && fixture.store.saves == 0)
        }
        try await Fixture.run(policy: policy { $0.rule = .exact }) { fixture in
            _ = await fixture.ask(body("0 how do I begin"))
            #expect(await fixture.ask(body("0 how do I begin")).record.outcome == .hitExact)
            #expect(await fixture.ask(body("0 how can I begin")).record.missReason == .exactOnly)
            #expect(fixture.encoder.calls == 0)
        }
    }

    @Test("What is a person's own is served to that person alone, and of nobody is not kept")
    func persons() async throws {
        try await Fixture.run { fixture in
            let nobody = await fixture.ask(body("0 where is my order")).record
            #expect(nobody.write == .personal && nobody.outcome == .miss)
            #expect(await fixture.ask(body("0 where is my order")).record.outcome == .miss)
            let ann = await fixture.ask(body("0 where is my order", more: #","user":"ann""#)).record
            #expect(ann.write == .stored && ann.judgment?.sharing == .user)
            #expect(await fixture.ask(body("0 where is my order", more: #","user":"bob""#)).record.outcome == .miss)
            let again = await fixture.ask(body("0 where is my order?")) { $0.user = "ann" }
            #expect(again.record.outcome == .hitExact)
            let series =
                #"refrain_cacheability_total{class="semantic",reason="self_contained",shared_with="nobody"} 2"#
            #expect(fixture.exposition.contains(series))
        }
    }

    @Test("A person's question finds what is nobody's own")
    func shared() async throws {
        try await Fixture.run { fixture in
            _ = await fixture.ask(body("0 how do I find an order"))
            let ann = await fixture.ask(body("0 where is my order", more: #","user":"ann""#)).record
            // The guard minds what is asked for; here it is the wall that counts.
            #expect(ann.missReason != .partitionEmpty)
        }
    }

    @Test("In a conversation what stands alone finds first questions, if its route says so, and leaves nothing there")
    func followUps() async throws {
        try await Fixture.run(policy: policy { $0.followUps = .standalone }) { fixture in
            _ = await fixture.ask(body("0 how do I begin"))
            let follow = await fixture.ask(body("0 how can I begin", turns: Self.turns)).record
            #expect(follow.outcome == .hitSemantic)
            let other = await fixture.ask(body("5 what is the price of the red one here", turns: Self.turns)).record
            #expect(other.outcome == .miss && other.write == .stored)
            #expect(await fixture.ask(body("5 what is the price of the red one here")).record.outcome == .miss)
        }
        try await Fixture.run { fixture in
            _ = await fixture.ask(body("0 how do I begin"))
            let apart = await fixture.ask(body("0 how can I begin", turns: Self.turns)).record
            #expect(apart.outcome == .miss && apart.judgment?.reason == .conversation)
        }
    }

    @Test("The caller's question is what is compared and kept, whatever conversation it stands for")
    func query() async throws {
        try await Fixture.run { fixture in
            _ = await fixture.ask(body("and that?", turns: Self.turns)) { $0.query = "0 how do I begin" }
            let same = await fixture.ask(body("so?")) { $0.query = "0 how do I begin" }
            #expect(same.record.outcome == .hitExact)
            let like = await fixture.ask(body("so?")) { $0.query = "0 how can I begin" }
            #expect(like.record.outcome == .hitSemantic)
            #expect(await fixture.ask(body("0 how do I begin")).record.outcome == .miss)
            let bad = await fixture.ask(body("so?")) { $0.query = " " }
            #expect(bad.record.errorCode == .invalidRequest)
        }
    }

    @Test("The dry run tells class, reason, person and shadow")
    func explained() async throws {
        try await Fixture.run(policy: policy { $0.rule = .shadow }) { fixture in
            var headers = CallerHeaders()
            headers.key = "sk"
            let scope = try fixture.pipeline.directory.identify(headers)
            let explanation = try await fixture.pipeline.explain(
                ByteBuffer(string: body("where is my order", turns: Self.turns)), headers: headers, scope: scope)
            let cache = try JSONDocument(explanation.json).root["cache"]
            #expect(cache?["class"]?.string == "thread")
            #expect(cache?["reason"]?.string == "conversation")
            #expect(cache?["shared_with"]?.string == "nobody")
            #expect(cache?["personal"]?.string == "state")
            #expect(cache?["shadow"]?.bool == true)
        }
    }
}
