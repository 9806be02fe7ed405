import Foundation
import GatewayCore
import GatewayTesting
import Testing

import Upstream

@Suite("Streams from providers", .timeLimit(.minutes(1)))
struct DispatchStreamTests {
    private typealias Wire = DispatchFixture

    private static let good: ScriptedServer.Script = { exchange in
        try await exchange.eventHead()
        for data in [Wire.role, Wire.delta("a"), Wire.delta("b"), Wire.stop, "[DONE]"] {
            try await exchange.event(data)
        }
        try await exchange.endChunks()
    }

    private static func frames(_ data: String...) -> String { data.map { "data: \($0)\n\n" }.joined() }

    @Test("A stream's frames come as they were sent, and the whole answer behind them")
    func frames() async throws {
        try await DispatchFixture.run(scripts: [Self.good]) { fixture in
            let call = try await fixture.call(stream: true)
            let (frames, end) = try await #require(call.stream).readAll()
            #expect(frames == Self.frames(Wire.role, Wire.delta("a"), Wire.delta("b"), Wire.stop))
            #expect(end == "whole")
            #expect(call.results == ["t0 ok"])
            let body = String(decoding: fixture.servers[0].record.requests[0].body, as: UTF8.self)
            #expect(body.contains(#""stream_options":{"include_usage":true}"#))
        }
    }

    @Test("A stream that fails before its first content leaves no trace, and the next target answers", arguments: [
        "cut", "reset", "error", "garbage", "done",
    ])
    func failureBeforeContent(kind: String) async throws {
        try await DispatchFixture.run(scripts: [
            { exchange in
                try await exchange.eventHead()
                try await exchange.event(Wire.role)
                switch kind {
                case "cut": try await exchange.close()
                case "reset": try await exchange.reset()
                case "error": try await exchange.event(#"{"error":{"message":"overloaded"}}"#)
                case "garbage": try await exchange.event("<html>")
                default: try await exchange.endChunks()
                }
            }, Self.good,
        ]) { fixture in
            let call = try await fixture.call(stream: true)
            let (frames, end) = try await #require(call.stream).readAll()
            #expect(frames.components(separatedBy: Wire.role).count == 2)
            #expect(frames.hasPrefix(Self.frames(Wire.role, Wire.delta("a"))))
            #expect(end == "whole")
            #expect(call.attempts.count == 2)
            #expect(fixture.reports == ["t0 failed", "t1 answered"])
        }
    }

    @Test("Behind the first content nothing is tried again: the break is thrown where it stands", arguments: [
        "cut", "error",
    ])
    func failureBehindContent(kind: String) async throws {
        try await DispatchFixture.run(scripts: [
            { exchange in
                try await exchange.eventHead()
                try await exchange.event(Wire.delta("a"))
                if kind == "cut" { return try await exchange.close() }
                try await exchange.event(#"{"error":{"message":"late"}}"#)
            }, Self.good,
        ]) { fixture in
            let call = try await fixture.call(stream: true)
            let (frames, end) = try await #require(call.stream).readAll()
            #expect(frames == Self.frames(Wire.delta("a")))
            #expect(end == (kind == "cut" ? "truncated" : "stream_error"))
            #expect(fixture.servers[1].record.requests.isEmpty)
        }
    }

    @Test("A stream that ends with its body, without [DONE], is whole when its framing says so, else unproven")
    func unproven() async throws {
        try await DispatchFixture.run(scripts: [{ exchange in
            try await exchange.eventHead()
            try await exchange.event(Wire.delta("a"))
            try await exchange.event(Wire.stop)
            try await exchange.endChunks()
        }]) { fixture in
            let stream = try #require(try await fixture.call(stream: true).stream)
            #expect(await stream.readAll().end == "whole")
        }
        for (mark, expected) in [("", "unproven"), ("data: [DONE]\n\n", "whole")] {
            try await DispatchFixture.run(scripts: [{ exchange in
                try await exchange.head(headers: [("content-type", "text/event-stream"), ("connection", "close")])
                try await exchange.write(Self.frames(Wire.delta("a"), Wire.stop) + mark)
                try await exchange.close()
            }]) { fixture in
                let stream = try #require(try await fixture.call(stream: true).stream)
                #expect(await stream.readAll().end == expected)
            }
        }
    }

    @Test("A provider that ignores `stream` answers whole")
    func ignoresStream() async throws {
        try await DispatchFixture.run(scripts: [{ try await $0.respond(body: Wire.answer) }]) { fixture in
            let call = try await fixture.call(stream: true)
            #expect(call.whole?.text == "hi")
        }
    }

    @Test("Frames without content are held back only up to a number")
    func heldFrames() async throws {
        let gate = ProceedGate()
        try await DispatchFixture.run(scripts: [{ exchange in
            try await exchange.eventHead()
            for _ in 0..<64 { try await exchange.event(Wire.role) }
            try await gate.wait()
            try await exchange.close()
        }]) { fixture in
            // Comes back although the provider has sent no content.
            let stream = try #require(try await fixture.call(stream: true).stream)
            gate.proceed()
            let (frames, end) = await stream.readAll()
            #expect(frames.components(separatedBy: "data: ").count == 65)
            #expect(end == "truncated")
        }
    }

    @Test("The usage chunk the gateway asked for reaches the client only if it asked, too", arguments: [true, false])
    func usage(isAsked: Bool) async throws {
        let chunk = #"{"id":"1","model":"served","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}"#
        try await DispatchFixture.run(scripts: [{ exchange in
            try await exchange.eventHead()
            for data in [Wire.delta("a"), Wire.stop, chunk, "[DONE]"] { try await exchange.event(data) }
            try await exchange.endChunks()
        }]) { fixture in
            let stream = try #require(try await fixture.call(stream: true, usage: isAsked).stream)
            #expect(await stream.readAll().frames.contains("prompt_tokens") == isAsked)
        }
    }

    @Test("A stream ended from outside breaks its reader off and closes the provider's connection")
    func cancel() async throws {
        try await DispatchFixture.run(scripts: [{ exchange in
            try await exchange.eventHead()
            try await exchange.event(Wire.delta("a"))
            try await exchange.silence()
        }]) { fixture in
            let stream = try #require(try await fixture.call(stream: true).stream)
            _ = try await stream.next()
            async let rest = stream.readAll()
            stream.cancel()
            #expect(await rest.end == "transport")
            await fixture.servers[0].wait { $0.peerCloses == 1 }
        }
    }
}
