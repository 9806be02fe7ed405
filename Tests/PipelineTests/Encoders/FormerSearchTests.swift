import Embedding
import GatewayCore
import NIOConcurrencyHelpers
import SemanticCache
import Testing

@testable import Pipeline

@Suite("What the encoder before has left", .timeLimit(.minutes(1)))
struct FormerSearchTests {
    private typealias Fixture = PipelineFixture

    @Test("What the present encoder does not find is found by the one before; what is stored is the present one's")
    func found() async throws {
        let former = FakeEncoder()
        try await Fixture.run(former: former) { fixture in
            _ = await fixture.ask(Fixture.body("0 a"))
            fixture.encoder.become(.turned)
            let hit = await fixture.ask(Fixture.body("0 b"))
            #expect(hit.record.outcome == .hitSemantic && hit.record.missReason == nil)
            #expect(hit.record.similarity == 1)
            #expect(fixture.formerHits.withLockedValue { $0 } == 1)

            let calls = former.calls
            #expect(await fixture.ask(Fixture.body("60 c")).record.missReason == .below)
            #expect(former.calls == calls + 1)
            #expect(await fixture.ask(Fixture.body("60 d")).record.outcome == .hitSemantic)
            #expect(former.calls == calls + 1, "found by the present one: the other is not asked")
            #expect(fixture.formerHits.withLockedValue { $0 } == 1)
        }
    }

    @Test("Where it fails, or the caller wants what no cosine promises, the miss is the present encoder's")
    func misses() async throws {
        let former = FakeEncoder()
        try await Fixture.run(former: former) { fixture in
            _ = await fixture.ask(Fixture.body("0 a"))
            _ = await fixture.ask(Fixture.body("90 a"))
            fixture.encoder.become(.turned)
            for cacheControl in ["no-cache", "no-store, no-cache"] {
                let calls = former.calls
                let bypass = await fixture.ask(Fixture.body("0 e \(cacheControl)")) { $0.cacheControl = [cacheControl] }
                #expect(bypass.record.outcome == .bypass && former.calls == calls)
            }
            let exact = await fixture.ask(Fixture.body("0 f")) { $0.cacheMode = "exact" }
            #expect(exact.record.missReason == .exactOnly)
            former.become(.fails(.remoteFailed))
            #expect(await fixture.ask(Fixture.body("90 b")).record.missReason == .below)
            #expect(fixture.formerHits.withLockedValue { $0 } == 0)
        }
    }

    @Test("When nothing is left that only it finds, it is not asked any more")
    func over() async throws {
        let former = FakeEncoder()
        try await Fixture.run(former: former) { fixture in
            _ = await fixture.ask(Fixture.body("0 a"))
            fixture.encoder.become(.turned)
            #expect(await fixture.ask(Fixture.body("0 b")).record.outcome == .hitSemantic)
            let calls = former.calls
            fixture.isFormerOver.withLockedValue { $0 = true }
            #expect(await fixture.ask(Fixture.body("0 c")).record.missReason == .below)
            #expect(former.calls == calls)
        }
    }

    @Test("What is purged is not served by it either")
    func purged() async throws {
        try await Fixture.run(former: FakeEncoder()) { fixture in
            _ = await fixture.ask(Fixture.body("0 a"))
            fixture.encoder.become(.turned)
            #expect(await fixture.ask(Fixture.body("0 b")).record.outcome == .hitSemantic)
            _ = try await fixture.store.purge(.everything, of: TenantID("acme"))
            #expect(await fixture.ask(Fixture.body("0 c")).record.outcome == .miss)
            #expect(fixture.formerHits.withLockedValue { $0 } == 1)
        }
    }
}
