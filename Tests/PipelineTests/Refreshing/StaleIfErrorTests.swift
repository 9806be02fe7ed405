import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import Routing
import SemanticCache
import Telemetry
import Testing

@testable import Pipeline

@Suite("Answers past their life where providers fail", .timeLimit(.minutes(1)))
struct StaleIfErrorTests {
    private typealias Fixture = RefreshFixture

    /// A provider that answers with a status while it is told one.
    private static func script(
        _ status: NIOLockedValueBox<Int?>
    ) -> @Sendable (ScriptedExchange) async throws -> Void {
        { exchange in
            if let status = status.withLockedValue({ $0 }) {
                try await exchange.respond(status, body: #"{"error":{"message":"no"}}"#)
            } else {
                try await exchange.respond(body: PipelineFixture.answer)
            }
        }
    }

    @Test("A provider's failure is answered by the answer past its life, marked; recovery needs nothing",
          arguments: [500, 503, 429, 401])
    func outage(code: Int) async throws {
        let status = NIOLockedValueBox<Int?>(nil)
        try await Fixture.run(script: Self.script(status)) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(1200))
            status.withLockedValue { $0 = code }
            for _ in 0..<3 {
                let (record, text) = await fixture.ask("0 a")
                #expect(record.outcome == .hitStale && record.status == 200 && text.contains("hi"))
                #expect(record.errorCode == nil && record.freshness == .stale && record.age == .seconds(1200))
                let headers = ResponseHeaders.headers(for: record)
                #expect(headers.contains { $0 == ("x-refrain-cache", "hit-stale") })
                #expect(headers.contains { $0 == ("x-refrain-cache-freshness", "stale") })
                #expect(headers.contains { $0 == ("age", "1200") })
            }
            #expect(await fixture.ask("0 b").record.errorCode != nil)
            #expect(fixture.value(#"refrain_cache_stale_hits_total{freshness="stale"}"#) == 3)
            status.withLockedValue { $0 = nil }
            // A refused key is left alone for an hour, or until a new configuration comes.
            if code == 401 { fixture.base.health.reload(keyMarks: [DeploymentID("p/served"): "new"]) }
            while !Task.isCancelled, await fixture.ask("0 a").record.outcome == .hitStale {}
            #expect(await fixture.ask("0 a").record.outcome == .hitExact)
        }
    }

    @Test("Beyond what the operator allows there is only the error")
    func over() async throws {
        let status = NIOLockedValueBox<Int?>(nil)
        try await Fixture.run(script: Self.script(status)) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(1500))
            status.withLockedValue { $0 = 500 }
            #expect(await fixture.ask("0 a").record.status == 502)
        }
    }

    @Test("The request's own fault is no reason", arguments: [400, 413])
    func ownFault(code: Int) async throws {
        let status = NIOLockedValueBox<Int?>(nil)
        try await Fixture.run(script: Self.script(status)) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(1200))
            status.withLockedValue { $0 = code }
            #expect(await fixture.ask("0 a").record.outcome == .miss)
        }
    }

    @Test("Nor are its caller's own limits, nor a caller that wants no such answer")
    func unwanted() async throws {
        let status = NIOLockedValueBox<Int?>(nil)
        try await Fixture.run(requestsLimit: 1, script: Self.script(status)) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(1200))
            #expect(await fixture.ask("0 a").record.errorCode == .rateLimited)
        }
        try await Fixture.run(script: Self.script(status)) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(1200))
            status.withLockedValue { $0 = 500 }
            for directive in ["no-cache", "max-age=600", "stale-if-error=0", "max-stale=60", "min-fresh=1"] {
                let (record, _) = await fixture.ask("0 a") { $0.cacheControl = [directive] }
                #expect(record.status == 502, "\(directive)")
            }
            #expect(await fixture.ask("0 a") { $0.cacheControl = ["stale-if-error=1200"] }.record.outcome == .hitStale)
        }
    }

    @Test("What was purged does not stand in")
    func purged() async throws {
        let status = NIOLockedValueBox<Int?>(nil)
        try await Fixture.run(script: Self.script(status)) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(1200))
            status.withLockedValue { $0 = 500 }
            #expect(await fixture.ask("0 a").record.outcome == .hitStale)
            _ = try await fixture.store.purge(.everything, of: fixture.tenant)
            #expect(await fixture.ask("0 a").record.status == 502)
        }
    }

    @Test("What is purged while a provider is asked does not stand in for it")
    func purgedMeanwhile() async throws {
        let (gate, status) = (ProceedGate(), NIOLockedValueBox<Int?>(nil))
        let script: @Sendable (ScriptedExchange) async throws -> Void = { exchange in
            if status.withLockedValue({ $0 }) != nil { try await gate.wait() }
            try await Self.script(status)(exchange)
        }
        try await Fixture.run(script: script) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(1200))
            status.withLockedValue { $0 = 400 + 103 }
            async let asked = fixture.ask("0 a")
            await fixture.base.provider.wait { $0.requests.count == 2 }
            _ = try await fixture.store.purge(.everything, of: fixture.tenant)
            gate.proceed(8)
            #expect(await asked.record.outcome == .miss)
        }
    }

    @Test("A due answer whose provider fails is served on, and not asked for by each request")
    func dueInOutage() async throws {
        let status = NIOLockedValueBox<Int?>(nil)
        try await Fixture.run(script: Self.script(status)) { fixture in
            _ = await fixture.ask("0 a")
            fixture.clock.advance(by: .seconds(100))
            status.withLockedValue { $0 = 500 }
            _ = await fixture.ask("0 a")
            try await fixture.awaitRefresh(.failed)
            for _ in 0..<5 { #expect(await fixture.ask("0 a").record.freshness == .due) }
            await fixture.desk.shutdown()
            #expect(fixture.calls == 2)
        }
    }

    @Test("only-if-cached is answered by the cache or by 504, and asks nobody")
    func onlyIfCached() async throws {
        try await Fixture.run { fixture in
            let (none, text) = await fixture.ask("0 a") { $0.cacheControl = ["only-if-cached"] }
            #expect(none.status == 504 && none.errorCode == .notCached && text.contains("not_cached"))
            #expect(fixture.calls == 0)
            _ = await fixture.ask("0 a")
            let (hit, _) = await fixture.ask("0 a") { $0.cacheControl = ["only-if-cached"] }
            #expect(hit.outcome == .hitExact && fixture.calls == 1)
            fixture.clock.advance(by: .seconds(1200))
            #expect(await fixture.ask("0 a") { $0.cacheControl = ["only-if-cached"] }.record.status == 504)
        }
    }
}
