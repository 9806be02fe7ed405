import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Bedrock's answers and streams")
struct BedrockStreamTests {
    @Test("A stream makes the answer that stands beside it, however its bytes arrive", arguments: BedrockFixture.table)
    func split(fixture: BedrockFixture) throws {
        let bytes = fixture.body
        let events = try BedrockReading.events([bytes])
        #expect(BedrockReading.answer(events) == fixture.answer)
        #expect(events.last == .ended && events.count { $0 == .ended } == 1)
        #expect(try BedrockReading.events(ByteSplitter.single(bytes)) == events)
        // Two pieces of every length for one stream: where it is cut is the framing's concern, not the decoder's.
        guard fixture.testDescription == "plain" else { return }
        for pieces in ByteSplitter.everyPair(bytes) { #expect(try BedrockReading.events(pieces) == events) }
    }

    @Test("A whole answer says the same as its stream", arguments: BedrockFixture.table)
    func whole(fixture: BedrockFixture) throws {
        #expect(try BedrockReading.provider.answer(ByteBuffer(string: fixture.whole)) == fixture.answer)
    }

    @Test("A stream that ends in front of messageStop is truncated", arguments: BedrockFixture.table)
    func truncated(fixture: BedrockFixture) throws {
        for count in 0..<fixture.frames.count - 2 {
            let failure = BedrockReading.failure(fixture.frames.prefix(count).flatMap { $0 })
            #expect(failure?.kind == .truncated)
        }
        // Only the usage is missing behind it.
        let events = try BedrockReading.events([fixture.frames.dropLast().flatMap { $0 }])
        #expect(BedrockReading.answer(events)?.choices == fixture.answer.choices && events.last == .ended)
    }

    @Test("Parallel calls count from 0 upwards, whatever their blocks are numbered")
    func parallelIndices() throws {
        var opened: [Int] = []
        for case .toolCall(let index, _, _, _, _) in try BedrockReading.events([BedrockFixture.parallelTools.body]) {
            opened.append(index)
        }
        #expect(opened == [0, 1, 2])
    }

    @Test("Each stop reason has its meaning, and no unknown one is a stop")
    func stopReasons() throws {
        let body = #"{"output":{"message":{"content":[~]}},"stopReason":"!"}"#
        let call = #"{"toolUse":{"toolUseId":"a","name":"f","input":{}}}"#
        let table: [(String, String, FinishReason)] = [
            ("end_turn", "", .stop), ("end_turn", call, .toolCalls), ("tool_use", call, .toolCalls),
            ("max_tokens", call, .length), ("model_context_window_exceeded", "", .length), ("stop_sequence", "", .stop),
            ("guardrail_intervened", call, .contentFilter), ("content_filtered", "", .contentFilter),
            ("of_tomorrow", "", .other("of_tomorrow")),
        ]
        for (native, content, reason) in table {
            let json = body.replacing("~", with: content).replacing("!", with: native)
            let choice = try BedrockReading.provider.answer(ByteBuffer(string: json)).choices.first
            #expect(choice?.finish == reason && choice?.nativeFinish == native, "\(native)")
        }
        for native in ["malformed_tool_use", "malformed_model_output"] {
            let json = body.replacing("~", with: "").replacing("!", with: native)
            #expect { try BedrockReading.provider.answer(ByteBuffer(string: json)) } throws: {
                ($0 as? ProviderFailure)?.kind == .malformedAnswer
            }
            let frame = AmazonFrame.event("messageStop", #"{"stopReason":"\#(native)"}"#)
            #expect(BedrockReading.failure(frame)?.kind == .malformedAnswer)
        }
    }

    @Test("Counts from outside never trap and never fall below zero")
    func wildUsage() throws {
        let counts = [
            #""inputTokens":-3,"cacheWriteInputTokens":5,"cacheDetails":[{"ttl":"1h","inputTokens":99}]"#,
            #""inputTokens":9223372036854775807,"outputTokens":9223372036854775807,"cacheWriteInputTokens":"#
                + #"9223372036854775807,"cacheDetails":[{"ttl":"1h","inputTokens":9223372036854775807},"#
                + #"{"ttl":"1h","inputTokens":9223372036854775807}]"#,
            #""inputTokens":1e99,"cacheReadInputTokens":"x","cacheDetails":7"#,
        ]
        for count in counts {
            let body = #"{"output":{"message":{}},"stopReason":"end_turn","usage":{\#(count)}}"#
            let usage = try BedrockReading.provider.answer(ByteBuffer(string: body)).usage
            #expect(usage.map { $0.parts.allSatisfy { $0 >= 0 } } == true)
        }
    }

    @Test("Damaged streams with good checksums never trap", arguments: 0..<4 as Range<UInt64>)
    func damaged(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let fixture = BedrockFixture.table.randomElement(using: &generator) ?? .plain
            var events = fixture.events
            if Bool.random(using: &generator) { events.shuffle(using: &generator) }
            let frames = events.map { name, json in
                AmazonFrame.make(
                    [(":event-type", name), (":message-type", "event")],
                    String(decoding: StreamDamage.apply(to: Array(json.utf8), using: &generator), as: UTF8.self))
            }
            let bytes = frames.flatMap { $0 }
            let pieces = ByteSplitter.random(bytes, longest: 100, using: &generator)
            let (cut, whole) = (try? BedrockReading.events(pieces), try? BedrockReading.events([bytes]))
            #expect(cut == whole, "seed \(seed)")
        }
    }

    @Test("Blocks that are never closed are bounded")
    func bounded() throws {
        var decoder = BedrockReading.provider.stream()
        #expect(throws: ProviderFailure.self) {
            for index in 0..<10_000 {
                let json = #"{"contentBlockIndex":\#(index),"start":{"toolUse":{"toolUseId":"a","name":"f"}}}"#
                _ = try decoder.consume(ServerSentEvent(name: "contentBlockStart", data: ByteBuffer(string: json)))
            }
        }
    }

    @Test("A block that only Amazon knows is not lost in a stream, as it is not in a whole answer", arguments: [
        ("contentBlockStart", #"{"contentBlockIndex":0,"start":{"image":{"format":"png"}}}"#, true),
        (
            "contentBlockStart",
            #"{"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"a","name":"f","type":"server_tool_use"}}}"#, true
        ),
        ("contentBlockStart", #"{"contentBlockIndex":0,"start":{"toolResult":{"toolUseId":"a"}}}"#, true),
        ("contentBlockStart", #"{"contentBlockIndex":0,"start":{}}"#, false),
        ("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"image":{"source":{"bytes":"AAEC"}}}}"#, true),
        ("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"citation":{"title":"t"}}}"#, false),
        ("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"toolUse":{"input":"{}"}}}"#, false),
        ("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"text":""}}"#, false),
        ("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{}}"#, false),
    ])
    func nativeBlocks(name: String, json: String, isNative: Bool) throws {
        var decoder = BedrockReading.provider.stream()
        let events = try decoder.consume(ServerSentEvent(name: name, data: ByteBuffer(string: json)))
        let native = try #require(JSONText(checking: json))
        #expect(Array(events.dropFirst()) == (isNative ? [.native(native, choice: 0)] : []))
    }
}
