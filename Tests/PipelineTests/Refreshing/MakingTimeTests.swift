import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import Routing
import Testing

@testable import Pipeline
@testable import SemanticCache

/// By it answers are made anew before they are due.
@Suite("How long an answer took to make", .timeLimit(.minutes(1)))
struct MakingTimeTests {
    private typealias Fixture = RefreshFixture

    /// Far longer than a provider in this process takes to answer.
    private static let pause: Duration = .milliseconds(500)

    /// Lets the time pass that must not be counted.
    private static func pass() async throws {
        let start = ContinuousClock.now
        while start.duration(to: .now) < pause { try await Task.sleep(for: .milliseconds(10)) }
    }

    @Test("It is the call's own time, not that of one that failed before it")
    func afterFailure() async throws {
        let isSecond = NIOLockedValueBox(false)
        var retry = RetryRule()
        retry.base = .milliseconds(1)
        let script: ScriptedServer.Script = { exchange in
            let isFirst = isSecond.withLockedValue { isSecond in
                defer { isSecond = true }
                return !isSecond
            }
            if isFirst {
                try await Self.pass()
                return try await exchange.respond(500, body: "{}")
            }
            try await exchange.respond(body: PipelineFixture.answer)
        }
        try await Fixture.run(retry: retry, script: script) { fixture in
            #expect(await fixture.ask("0 a").record.write == .stored)
            #expect(fixture.calls == 2)
            let took = try #require(fixture.store.all.first?.freshness.took)
            #expect(took > .zero && took < Self.pause, "\(took)")
        }
    }

    @Test("A stream's is the provider's, not its client's who reads late")
    func slowClient() async throws {
        let chunk = #"{"id":"1","created":1,"model":"served","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}"#
        let stop = #"{"id":"1","created":1,"model":"served","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#
        let script: ScriptedServer.Script = { exchange in
            try await exchange.eventHead()
            for data in [chunk, stop, "[DONE]"] { try await exchange.event(data) }
            try await exchange.endChunks()
        }
        try await Fixture.run(script: script) { fixture in
            let exchange = Exchange(recorder: fixture.pipeline.recorder, client: PatientClient())
            let reply = await fixture.pipeline.respond(
                to: ByteBuffer(string: PipelineFixture.body("0 a", more: #","stream":true"#)),
                headers: CallerHeaders(), scope: CacheScope(tenant: fixture.tenant), exchange: exchange)
            try await Self.pass()
            #expect(await reply.text().hasSuffix("data: [DONE]\n\n"))
            await exchange.finish(isClientGone: false)
            let took = try #require(fixture.store.all.first?.freshness.took)
            #expect(took > .zero && took < Self.pause, "\(took)")
        }
    }
}
