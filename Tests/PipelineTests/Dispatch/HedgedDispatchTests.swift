import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Routing
import Testing

@testable import Pipeline

@Suite("A second target for one that is late")
struct HedgedDispatchTests {
    /// One that may always be hedged.
    private static let rule: HedgeRule = {
        var rule = HedgeRule()
        rule.share = 1
        return rule
    }()

    private static let stream: ScriptedServer.Script = { exchange in
        try await exchange.eventHead()
        for event in [DispatchFixture.delta("hi"), DispatchFixture.stop, "[DONE]"] { try await exchange.event(event) }
        try await exchange.endChunks()
    }

    @Test("The second answers: it wins, and the first one's call is ended without blame", .timeLimit(.minutes(1)))
    func second() async throws {
        try await DispatchFixture.run(scripts: [{ try await $0.silence() }, Self.stream]) { fixture in
            fixture.learn(firstToken: .milliseconds(5))
            let call = try await fixture.call(stream: true, hedge: Self.rule)
            #expect(call.results == ["t0 hedge_lost", "t1 ok"])
            #expect(await call.stream?.readAll().end == "whole")
            await fixture.servers[0].wait { $0.peerCloses == 1 }
            #expect(!fixture.reports.contains("t0 failed"))
            // Four bytes a token; nothing came of it.
            #expect(call.attempts.first?.cost == (call.sent + 3) / 4 * 1_000)
        }
    }

    @Test("The first answers in time: no other is asked", .timeLimit(.minutes(1)))
    func inTime() async throws {
        try await DispatchFixture.run(scripts: [Self.stream, Self.stream]) { fixture in
            fixture.learn(firstToken: .seconds(50))
            let call = try await fixture.call(stream: true, hedge: Self.rule)
            #expect(call.results == ["t0 ok"])
            #expect(fixture.servers[1].record.requests.isEmpty)
        }
    }

    @Test("The second fails: the first is still waited for", .timeLimit(.minutes(1)))
    func secondFails() async throws {
        let (gate, opener) = AsyncStream<Void>.makeStream()
        let first: ScriptedServer.Script = { exchange in
            for await _ in gate { break }
            try await Self.stream(exchange)
        }
        let second: ScriptedServer.Script = { try await $0.respond(500) }
        try await DispatchFixture.run(scripts: [first, second]) { fixture in
            fixture.learn(firstToken: .milliseconds(5))
            async let call = fixture.call(stream: true, hedge: Self.rule)
            await fixture.servers[1].wait { $0.requests.count == 1 }
            opener.yield()
            // The one may end before the other is heard of.
            let results = try await call.results
            #expect(results == ["t1 server_error", "t0 ok"] || results == ["t1 hedge_lost", "t0 ok"])
        }
    }

    @Test("Both fail: the next is tried, and each is asked once", .timeLimit(.minutes(1)))
    func bothFail() async throws {
        let bad: ScriptedServer.Script = { try await $0.respond(503) }
        try await DispatchFixture.run(scripts: [bad, bad, Self.stream]) { fixture in
            fixture.learn(firstToken: .zero)
            let call = try await fixture.call(stream: true, hedge: Self.rule)
            #expect(call.results == ["t0 overloaded", "t1 overloaded", "t2 ok"]
                || call.results == ["t1 overloaded", "t0 overloaded", "t2 ok"])
            #expect(fixture.servers.allSatisfy { $0.record.requests.count == 1 })
        }
    }

    @Test("The request itself is at fault: the client is told at once, whichever says so, and nobody is tried again",
        .timeLimit(.minutes(1)), arguments: [0, 1])
    func clientsFault(strict: Int) async throws {
        let refusing: ScriptedServer.Script = {
            try await $0.respond(400, body: #"{"error":{"message":"no such field","type":"invalid_request_error"}}"#)
        }
        let (gate, opener) = AsyncStream<Void>.makeStream()
        // The first says no as soon as the second was asked, which never answers; or the other way round.
        let first: ScriptedServer.Script = { exchange in
            guard strict == 0 else { return try await exchange.silence() }
            for await _ in gate { break }
            try await refusing(exchange)
        }
        let second: ScriptedServer.Script = { strict == 0 ? try await $0.silence() : try await refusing($0) }
        try await DispatchFixture.run(scripts: [first, second, Self.stream]) { fixture in
            fixture.learn(firstToken: .milliseconds(5))
            async let call = fixture.call(stream: true, hedge: Self.rule)
            await fixture.servers[1].wait { $0.requests.count == 1 }
            opener.yield()
            let result = try await call
            #expect(result.failure?.code == .providerRefused)
            #expect(result.failure?.status == 400)
            #expect(Set(result.results) == ["t\(strict) bad_request", "t\(1 - strict) hedge_lost"])
            #expect(fixture.servers[2].record.requests.isEmpty)
        }
    }

    @Test("Not for an answer that comes whole, one the provider keeps, a route without a rule, or a target not known",
        .timeLimit(.minutes(1)), arguments: 0..<4)
    func notHedged(reason: Int) async throws {
        let whole: ScriptedServer.Script = { try await $0.respond(body: DispatchFixture.answer) }
        try await DispatchFixture.run(scripts: [reason == 0 ? whole : Self.stream, Self.stream]) { fixture in
            if reason != 3 { fixture.learn(firstToken: .zero) }
            let call = try await fixture.call(
                stream: reason != 0, hedge: reason == 2 ? nil : Self.rule, more: reason == 1 ? #","store":true"# : "")
            #expect(call.results == ["t0 ok"])
            #expect(fixture.servers[1].record.requests.isEmpty)
        }
    }

    @Test("Cancellation ends both calls", .timeLimit(.minutes(1)))
    func cancellation() async throws {
        try await DispatchFixture.run(scripts: [{ try await $0.silence() }, { try await $0.silence() }]) { fixture in
            fixture.learn(firstToken: .milliseconds(5))
            let task = Task { try await fixture.call(stream: true, hedge: Self.rule) }
            await fixture.servers[1].wait { $0.requests.count == 1 }
            task.cancel()
            let call = try await task.value
            #expect(call.failure?.code == .clientGone)
            for server in fixture.servers { await server.wait { $0.peerCloses == 1 } }
        }
    }
}
