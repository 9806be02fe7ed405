import GatewayCore
import GatewayTesting
import Routing
import Testing

@testable import Pipeline

@Suite("Answers in which nothing stands but a refusal", .timeLimit(.minutes(1)))
struct WithheldAnswerTests {
    private typealias Script = ScriptedServer.Script

    private static let good: Script = { try await $0.respond(body: DispatchFixture.answer) }

    private static func ending(_ reason: String, native: String? = nil) -> String {
        let native = native.map { #","native_finish_reason":"\#($0)""# } ?? ""
        return #""finish_reason":"\#(reason)"\#(native)"#
    }

    private static func answer(_ end: String, content: String = "null") -> Script {
        let message = #"{"role":"assistant","content":\#(content)}"#
        let body = #"{"id":"0","model":"served","choices":[{"index":0,"message":\#(message),\#(end)}],"#
            + #""usage":{"prompt_tokens":3,"completion_tokens":0,"total_tokens":3}}"#
        return { try await $0.respond(body: body) }
    }

    private static func events(_ end: String, text: String? = nil) -> Script {
        return {
            try await $0.eventHead()
            try await $0.event(DispatchFixture.role)
            if let text { try await $0.event(DispatchFixture.delta(text)) }
            try await $0.event(#"{"id":"0","model":"served","choices":[{"index":0,"delta":{},\#(end)}]}"#)
            try await $0.event("[DONE]")
            try await $0.endChunks()
        }
    }

    private static let goodStream = events(ending("stop"), text: "hi")
    private static let refusal = ending("content_filter")

    private static func leading(_ configuration: inout RoutingConfiguration) {
        configuration.routes[0].fallbacks.contentPolicy = [DeploymentID("t1/m1")]
        configuration.routes[0].fallbacks.contextTooLong = [DeploymentID("t1/m1")]
    }

    @Test("A refusal that comes as an answer goes where the list says, and what it used is paid", arguments: [
        (ending("content_filter"), "content_policy"),
        (ending("length", native: "model_context_window_exceeded"), "context_too_long"),
    ])
    func whole(end: String, label: String) async throws {
        try await DispatchFixture.run(scripts: [Self.answer(end), Self.good]) { fixture in
            let call = try await fixture.call(change: Self.leading)
            #expect(call.whole?.text == "hi")
            #expect(call.results == ["t0 \(label)", "t1 ok"])
            #expect(call.attempts[0].cost == 3_000)
            #expect(fixture.reports == ["t1 answered"])
        }
    }

    @Test("The same for a stream, which its end alone does not commit")
    func stream() async throws {
        try await DispatchFixture.run(scripts: [Self.events(Self.refusal), Self.goodStream]) { fixture in
            let call = try await fixture.call(stream: true, change: Self.leading)
            let read = try #require(await call.stream?.readAll())
            #expect(read.frames.contains("hi") && !read.frames.contains("content_filter") && read.end == "whole")
            #expect(call.results == ["t0 content_policy", "t1 ok"])
        }
    }

    @Test("Without a list the client gets the refusal as it came")
    func unlisted() async throws {
        try await DispatchFixture.run(scripts: [Self.answer(Self.refusal), Self.good]) { fixture in
            let call = try await fixture.call()
            #expect(call.whole?.finishReasons == ["content_filter"])
            #expect(call.results == ["t0 ok"])
        }
        try await DispatchFixture.run(scripts: [Self.events(Self.refusal), Self.goodStream]) { fixture in
            let call = try await fixture.call(stream: true)
            let read = try #require(await call.stream?.readAll())
            #expect(read.frames.contains("content_filter") && read.end == "whole")
        }
    }

    @Test("When those of the list fail, too, the client gets the first answer")
    func kept() async throws {
        let failing: Script = { try await $0.respond(500) }
        try await DispatchFixture.run(scripts: [Self.answer(Self.refusal), failing]) { fixture in
            let call = try await fixture.call(change: Self.leading)
            #expect(call.whole?.finishReasons == ["content_filter"])
            #expect(call.results == ["t1 server_error", "t0 ok"])
            #expect(call.attempts.last?.cost == 3_000)
        }
        try await DispatchFixture.run(scripts: [Self.events(Self.refusal), failing]) { fixture in
            let call = try await fixture.call(stream: true, change: Self.leading)
            let read = try #require(await call.stream?.readAll())
            #expect(read.frames.contains("content_filter") && read.end == "whole")
        }
    }

    @Test("An answer that was cut by a filter, or that ends without a word, is an answer", arguments: [
        (answer(ending("content_filter"), content: #""Well""#), "content_filter"), (answer(ending("stop")), "stop"),
        (answer(ending("length")), "length"),
    ] as [(ScriptedServer.Script, String)])
    func answers(script: @escaping ScriptedServer.Script, reason: String) async throws {
        try await DispatchFixture.run(scripts: [script, Self.good]) { fixture in
            let call = try await fixture.call(change: Self.leading)
            #expect(call.whole?.finishReasons == [reason])
            #expect(call.results == ["t0 ok"])
        }
    }
}
