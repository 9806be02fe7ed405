import GatewayTesting
import MockProvider
import Testing

extension IntegrationTests {
    /// Answers that must not be taken for whole, nor kept.
    @Suite("Broken streams")
    struct BrokenStreamTests {
        /// Three pieces of text, then what the question asks for.
        private static let script: ScriptedServer.Script = { exchange in
            try await exchange.eventHead()
            try await exchange.opening()
            for piece in ["One", " two", " three"] { try await exchange.delta(piece) }
            switch exchange.request.text(after: #""content":""#) {
            case "cut": try await exchange.close()
            case "reset": try await exchange.reset()
            case "stall": try await exchange.silence()
            case "no end":
                // Ends in order, without a finish reason or the terminal event.
                try await exchange.endChunks()
            case "error":
                try await exchange.event(#"{"error":{"message":"inner words","type":"server_error","code":null}}"#)
                try await exchange.endChunks()
            case "malformed":
                try await exchange.event("{\"id\":")
                try await exchange.done()
            case let reason:
                try await exchange.finish(reason)
                try await exchange.done()
            }
        }

        @Test("A stream that breaks after its first content ends with an error, without [DONE], and is not kept")
        func broken() async throws {
            let redis = try RedisServer()
            let provider = try await ScriptedServer.start(script: Self.script)
            var settings = try GatewaySettings(redis, provider: provider.port)
            settings.providers[0].more = "idle_timeout: 500ms"
            let gateway = try await GatewayProcess(settings)
            for question in ["cut", "reset", "stall", "no end", "error", "malformed"] {
                for _ in 0..<2 {
                    let answer = try await gateway.ask(question, stream: true)
                    #expect(answer.status == 200, "\(question)")
                    #expect(answer.cache == "miss", "\(question)")
                    // A reset may overtake what was sent before it.
                    if question != "reset" { #expect(answer.content == "One two three", "\(question)") }
                    #expect(answer.streamRefusal?.code == "upstream_stream_truncated", "\(question)")
                    #expect(!answer.text.contains("[DONE]"), "\(question)")
                    #expect(!answer.text.contains("inner words"), "\(question)")
                }
            }
            #expect(try redis.answerKeys() == 0)
            await provider.stop()
        }

        @Test("An answer that was cut for length, filtered or asks for a tool reaches the client and is not kept")
        func unfinished() async throws {
            let redis = try RedisServer()
            let provider = try await ScriptedServer.start(script: Self.script)
            let gateway = try await GatewayProcess(
                GatewaySettings(redis, provider: provider.port))
            for reason in ["length", "content_filter", "tool_calls"] {
                for _ in 0..<2 {
                    let answer = try await gateway.ask(reason, stream: true)
                    #expect(answer.cache == "miss", "\(reason)")
                    #expect(answer.content == "One two three", "\(reason)")
                    #expect(answer.events.last == "[DONE]", "\(reason)")
                }
            }
            #expect(try redis.answerKeys() == 0)
            // The same script with a clean end is kept: what kept the others out is their finish reason.
            #expect(try await gateway.ask("stop", stream: true).cache == "miss")
            let hit = try await gateway.ask("stop", stream: true)
            #expect(hit.cache == "hit-exact")
            #expect(hit.content == "One two three")
            await provider.stop()
        }

        @Test("A provider that ignores the wish for a stream is turned into one, for the miss as for the hit")
        func unstreamed() async throws {
            let redis = try RedisServer()
            let provider = try await ScriptedServer.start { try await $0.complete("In one piece.") }
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: provider.port))
            for cache in ["miss", "hit-exact"] {
                let answer = try await gateway.ask("Pieces?", stream: true)
                #expect(answer.cache == cache)
                #expect(answer["content-type"]?.hasPrefix("text/event-stream") == true)
                #expect(answer.content == "In one piece.")
                #expect(answer.text.contains("\"total_tokens\":5"))
                #expect(answer.events.last == "[DONE]")
            }
            await provider.stop()
        }

        @Test("An answer in one piece follows the same rules")
        func whole() async throws {
            let redis = try RedisServer()
            let cut = try await Mock { $0.behavior.finishReason = "length" }
            let tool = try await Mock { $0.behavior.toolCall = "look" }
            var settings = try GatewaySettings(redis, provider: cut.port)
            settings.providers.append(.init(name: "tools", port: tool.port))
            settings.routes = [("main", ["first"]), ("tools", ["tools"])]
            let gateway = try await GatewayProcess(settings)
            for model in ["main", "tools"] {
                for stream in [false, true, false, true] {
                    #expect(try await gateway.ask("Again?", model: model, stream: stream).cache == "miss")
                }
            }
            #expect(try redis.answerKeys() == 0)
            #expect(try await gateway.metric("refrain_cache_write_total", "truncated") == 4)
            #expect(try await gateway.metric("refrain_cache_write_total", "tool_calls") == 4)
        }
    }
}
