import GatewayCore
import GatewayTesting
import Routing
import Testing
import Upstream

@testable import Pipeline

@Suite("What comes in front of the first content", .timeLimit(.minutes(1)))
struct FirstContentTests {
    private typealias Script = ScriptedServer.Script

    private static let good: Script = { exchange in
        try await exchange.eventHead()
        try await exchange.event(DispatchFixture.delta("hi"))
        try await exchange.event(DispatchFixture.stop)
        try await exchange.event("[DONE]")
        try await exchange.endChunks()
    }

    private static func repeating(_ piece: String) -> Script {
        return { exchange in
            try await exchange.eventHead()
            while true {
                try await exchange.chunk(piece)
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    @Test("A stream that brings no content in time is left for the next target", arguments: [
        ": ping\n\n", "data: \(DispatchFixture.role)\n\n",
    ])
    func late(piece: String) async throws {
        try await DispatchFixture.run(scripts: [Self.repeating(piece), Self.good]) { fixture in
            let call = try await fixture.call(stream: true) {
                $0.providers[0].deadlines.firstContent = .milliseconds(200)
            }
            #expect(call.results == ["t0 timeout", "t1 ok"])
            #expect(await call.stream?.readAll().end == "whole")
        }
    }

    @Test("Content that comes late behind silence is taken: it was waited and paid for")
    func lateContent() async throws {
        let script: Script = { exchange in
            try await exchange.eventHead()
            try await exchange.event(DispatchFixture.delta("hi"))
            try await exchange.event(DispatchFixture.stop)
            try await exchange.event("[DONE]")
            try await exchange.endChunks()
        }
        try await DispatchFixture.run(scripts: [script, Self.good]) { fixture in
            let call = try await fixture.call(stream: true) {
                $0.providers[0].deadlines.firstContent = .zero
            }
            #expect(call.results == ["t0 ok"])
            #expect(await call.stream?.readAll().end == "whole")
        }
    }

    @Test("No more is held back than a bound, also of events that say nothing to the client")
    func bound() async throws {
        let counted = #"{"id":"1","model":"served","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":0}}"#
        let script: Script = { exchange in
            try await exchange.eventHead()
            for _ in 0..<80 { try await exchange.event(counted) }
            try await exchange.silence()
        }
        try await DispatchFixture.run(scripts: [script]) { fixture in
            let call = try await fixture.call(stream: true)
            #expect(call.results == ["t0 ok"])
            try #require(call.stream).cancel()
        }
    }
}
