import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import Routing
import Testing

@testable import Pipeline

@Suite("Streams through the pipeline", .timeLimit(.minutes(1)))
struct StreamTests {
    private typealias Fixture = PipelineFixture

    private static let first = #"{"id":"1","created":1,"model":"served","choices":[{"index":0,"delta":{"role":"assistant","content":"a"},"finish_reason":null}]}"#
    private static let second = #"{"id":"1","created":1,"model":"served","choices":[{"index":0,"delta":{"content":"b"},"finish_reason":null}]}"#
    private static let stop = #"{"id":"1","created":1,"model":"served","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#
    private static let streamed = #","stream":true"#

    private static func frames(_ data: String...) -> String { data.map { "data: \($0)\n\n" }.joined() }

    private static let good: ScriptedServer.Script = { exchange in
        try await exchange.eventHead()
        for data in [first, second, stop, "[DONE]"] { try await exchange.event(data) }
        try await exchange.endChunks()
    }

    @Test("The client's frames are the provider's, and what is stored says the same as a whole")
    func tee() async throws {
        try await Fixture.run(script: Self.good) { fixture in
            let reply = await fixture.ask(Fixture.body("0 a", more: Self.streamed))
            #expect(reply.text == Self.frames(Self.first, Self.second, Self.stop, "[DONE]"))
            #expect(reply.record.write == .stored)
            #expect(reply.record.isStream)
            let hit = await fixture.ask(Fixture.body("0 a"))
            #expect(hit.record.outcome == .hitExact)
            let stored = try JSONDocument(hit.text).root
            #expect(stored["object"]?.string == "chat.completion")
            let choice = try #require(stored["choices"]?.elements.map { $0 }.first)
            #expect(choice["message"]?["content"]?.string == "ab")
            #expect(choice["finish_reason"]?.string == "stop")
            let replay = await fixture.ask(Fixture.body("0 a", more: Self.streamed))
            #expect(replay.record.outcome == .hitExact)
            #expect(replay.text.hasSuffix("data: [DONE]\n\n"))
            #expect(fixture.recorded == 3)
        }
    }

    @Test("A stream that breaks ends with an error, without [DONE], and nothing is stored")
    func broken() async throws {
        try await Fixture.run(script: { exchange in
            try await exchange.eventHead()
            try await exchange.event(Self.first)
            try await exchange.reset()
        }) { fixture in
            let reply = await fixture.ask(Fixture.body("0 a", more: Self.streamed))
            let error = reply.text.dropFirst(Self.frames(Self.first).count)
            #expect(reply.text.hasPrefix(Self.frames(Self.first)))
            #expect(error.hasPrefix(#"data: {"error":"#) && error.contains("upstream_stream_truncated"))
            #expect(!reply.text.contains("[DONE]"))
            #expect(reply.record.errorCode == .streamTruncated)
            #expect(reply.record.write == .notFinished)
            #expect(fixture.store.saves == 0)
            #expect(fixture.recorded == 1)
        }
    }

    @Test("A stream that goes on for longer than its client waits ends with an error, and its target is not to blame")
    func late() async throws {
        try await Fixture.run(script: { exchange in
            try await exchange.eventHead()
            try await exchange.event(Self.first)
            try await exchange.silence()
        }) { fixture in
            let reply = await fixture.ask(Fixture.body("0 a", more: Self.streamed)) { $0.timeout = .seconds(2) }
            #expect(reply.text.hasPrefix(Self.frames(Self.first)))
            #expect(reply.text.contains("provider_timeout"))
            #expect(!reply.text.contains("[DONE]"))
            #expect(reply.record.errorCode == .providerTimeout)
            #expect(reply.record.attempts.map(\.result) == ["deadline"])
            #expect(reply.record.write == .notFinished)
            await fixture.provider.wait { $0.peerCloses == 1 }
        }
    }

    @Test("A stream whose end nothing proves is passed on and not stored")
    func unproven() async throws {
        try await Fixture.run(script: { exchange in
            try await exchange.head(headers: [("content-type", "text/event-stream")])
            try await exchange.write(Self.frames(Self.first, Self.stop))
            try await exchange.close()
        }) { fixture in
            let reply = await fixture.ask(Fixture.body("0 a", more: Self.streamed))
            #expect(reply.text == Self.frames(Self.first, Self.stop, "[DONE]"))
            #expect(reply.record.write == .notFinished)
            #expect(fixture.store.saves == 0)
        }
    }

    @Test("The provider's time is when its bytes came, not when a slow client read them")
    func slowClient() async throws {
        let (begun, ended) = (ProceedGate(), ProceedGate())
        try await Fixture.run(script: { exchange in
            try await exchange.eventHead()
            try await exchange.event(Self.first)
            try await begun.wait()
            // What the provider really takes for the rest.
            let start = ContinuousClock.now
            repeat { try await Task.sleep(for: .milliseconds(10)) } while start.duration(to: .now) < .milliseconds(200)
            let usage = #"{"id":"1","created":1,"model":"served","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":5,"total_tokens":8}}"#
            for data in [Self.second, Self.stop, usage, "[DONE]"] { try await exchange.event(data) }
            try await exchange.endChunks()
            ended.proceed()
        }) { fixture in
            let exchange = Exchange(recorder: fixture.pipeline.recorder, client: PatientClient())
            let reply = await fixture.pipeline.respond(
                to: ByteBuffer(string: Fixture.body("0 a", more: Self.streamed)), headers: CallerHeaders(),
                scope: CacheScope(tenant: TenantID("acme")), exchange: exchange)
            guard case .stream(let tee) = reply.body else {
                Issue.record("expected a stream")
                return
            }
            #expect(await tee.next() != nil)
            begun.proceed()
            // The client reads on when everything is there: to wait for the provider took it no time.
            try await ended.wait()
            while await tee.next() != nil {}
            await exchange.finish(isClientGone: false)
            let condition = try #require(fixture.health.conditions(of: [DeploymentID("p/p-m")], now: .now).first)
            #expect(condition.usual.timePerToken * 5 >= .milliseconds(190), "\(condition.usual)")
        }
    }

    @Test("A whole answer to a streaming client becomes a stream, and is stored")
    func wholeToStream() async throws {
        try await Fixture.run { fixture in
            let reply = await fixture.ask(Fixture.body("0 a", more: Self.streamed))
            #expect(reply.text.hasPrefix("data: {"))
            #expect(reply.text.hasSuffix("data: [DONE]\n\n"))
            #expect(reply.record.write == .stored)
        }
    }

    @Test("A client that goes while the provider is silent ends the call, and is no error of the provider's")
    func clientGone() async throws {
        try await Fixture.run(script: { exchange in
            try await exchange.eventHead()
            try await exchange.event(Self.first)
            try await exchange.silence()
        }) { fixture in
            let client = LeavingClient()
            var headers = CallerHeaders()
            headers.key = "sk"
            let exchange = Exchange(recorder: fixture.pipeline.recorder, client: client)
            let reply = await fixture.pipeline.respond(
                to: ByteBuffer(string: Fixture.body("0 a", more: Self.streamed)), headers: headers,
                scope: CacheScope(tenant: TenantID("acme")), exchange: exchange)
            guard case .stream(let tee) = reply.body else {
                Issue.record("expected a stream")
                return
            }
            #expect(await tee.next().map { String(buffer: $0) } == Self.frames(Self.first))
            async let rest = tee.next()
            client.leave()
            #expect(await rest == nil)
            await fixture.provider.wait { $0.peerCloses == 1 }
            await exchange.finish(isClientGone: true)
            #expect(exchange.record.isClientGone)
            #expect(exchange.record.errorCode == nil)
            #expect(exchange.record.write == .notFinished)
        }
    }

    @Test("A client that goes before there is an answer ends the call; no other target is asked")
    func clientGoneEarly() async throws {
        try await Fixture.run(script: { try await $0.silence() }) { fixture in
            let client = LeavingClient()
            var headers = CallerHeaders()
            headers.key = "sk"
            let exchange = Exchange(recorder: fixture.pipeline.recorder, client: client)
            async let reply = fixture.pipeline.respond(
                to: ByteBuffer(string: Fixture.body("0 a")), headers: headers,
                scope: CacheScope(tenant: TenantID("acme")), exchange: exchange)
            await fixture.provider.wait { $0.requests.count == 1 }
            client.leave()
            #expect(await reply.status == 499)
            #expect(exchange.record.isClientGone)
            #expect(exchange.record.attempts.map(\.result) == ["cancelled"])
        }
    }
}

/// A client that goes away when it is told to.
final class LeavingClient: ClientPresence {
    private struct State {
        var isGone = false
        var acts: [@Sendable () -> Void] = []
    }

    private let state = NIOLockedValueBox(State())

    func leave() {
        let acts = state.withLockedValue { state in
            state.isGone = true
            return state.acts
        }
        for act in acts { act() }
    }

    func whilePresent<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let task = Task { await work() }
        _ = whenGone { task.cancel() }
        return await task.value
    }

    func whenGone(_ act: @escaping @Sendable () -> Void) -> @Sendable () -> Void {
        let isGone = state.withLockedValue { state in
            state.acts.append(act)
            return state.isGone
        }
        if isGone { act() }
        return {}
    }
}
