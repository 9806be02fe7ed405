import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Gemini's answers and streams")
struct GeminiStreamTests {
    @Test("A stream makes the answer that stands beside it, however its bytes arrive", arguments: GeminiFixture.table)
    func split(fixture: GeminiFixture) throws {
        let bytes = Array(fixture.body.utf8)
        let events = try GeminiReading.events([bytes])
        #expect(GeminiReading.answer(events) == fixture.answer)
        #expect(events.last == .ended && events.count { $0 == .ended } == 1)
        #expect(try GeminiReading.events(ByteSplitter.single(bytes)) == events)
        for pieces in ByteSplitter.everyPair(bytes) {
            #expect(try GeminiReading.events(pieces) == events)
        }
    }

    @Test("A whole answer says the same as its stream", arguments: GeminiFixture.table)
    func whole(fixture: GeminiFixture) throws {
        #expect(try GeminiReading.provider.answer(ByteBuffer(string: fixture.whole)) == fixture.answer)
    }

    @Test("A stream without its last event is truncated and never a clean end", arguments: GeminiFixture.table)
    func truncated(fixture: GeminiFixture) {
        // Where the last event is not the one with the reason, the stream is cut in front of that one.
        let last = fixture.chunks.lastIndex { $0.contains("finishReason") || $0.contains("blockReason") } ?? 0
        let body = fixture.chunks.prefix(last).map { "data: \($0)\n\n" }.joined()
        #expect(GeminiReading.failure(body)?.kind == .truncated)
    }

    @Test("Parallel calls count from 0 upwards over all chunks, and each has an id of its own")
    func parallelIndices() throws {
        let events = try GeminiReading.events([Array(GeminiFixture.parallelTools.body.utf8)])
        var opened: [Int] = []
        var ids: Set<String> = []
        for case .toolCall(let index, let id, _, _, _) in events {
            opened.append(index)
            ids.insert(id)
        }
        #expect(opened == [0, 1, 2] && ids.count == 3)
    }

    @Test("Calls become tool_calls with a plain stop alone: limits and filters stay what they are")
    func finishReasons() throws {
        let call = #"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"}}]},"finishReason":"!"}]}"#
        let text = #"{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"!"}]}"#
        let filters = [
            "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER",
        ]
        var expected: [String: FinishReason] = [
            "STOP": .stop, "MAX_TOKENS": .length, "OTHER": .other("OTHER"),
            "LANGUAGE": .other("LANGUAGE"), "OF_TOMORROW": .other("OF_TOMORROW"),
        ]
        for filter in filters { expected[filter] = .contentFilter }
        for (native, reason) in expected {
            let plain = try GeminiReading.provider.answer(ByteBuffer(string: text.replacing("!", with: native)))
            #expect(plain.choices.map(\.finish) == [reason] && plain.choices[0].nativeFinish == native)
            let called = try GeminiReading.provider.answer(ByteBuffer(string: call.replacing("!", with: native)))
            #expect(called.choices.map(\.finish) == [native == "STOP" ? .toolCalls : reason])
        }
    }

    @Test(
        "A model that ends in a mistake of its own is a failure, in streams and in whole answers",
        arguments: ["MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS"])
    func mistakes(reason: String) {
        let body = #"{"candidates":[{"content":{},"finishReason":"\#(reason)","index":0}]}"#
        #expect(GeminiReading.failure("data: \(body)\n\n")?.kind == .malformedAnswer)
        #expect(throws: ProviderFailure.self) { try GeminiReading.provider.answer(ByteBuffer(string: body)) }
    }

    @Test("Usage is told anew when it changes, and the last one counts")
    func usage() throws {
        let events = try GeminiReading.events([Array(GeminiFixture.thinking.body.utf8)])
        let usages = events.filter { if case .usage = $0 { true } else { false } }
        #expect(usages.count == 2)
        #expect(GeminiReading.answer(events)?.usage?.promptTokens == 105)
        #expect(GeminiReading.answer(events)?.usage?.completionTokens == 33)
    }

    @Test("Usage without counts is none, and a block in the middle of an answer ends it")
    func lateBlock() throws {
        let body = [
            #"{"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{"trafficType":"ON_DEMAND"}}"#,
            #"{"promptFeedback":{"blockReason":"SAFETY"}}"#,
        ].map { "data: \($0)\n\n" }.joined()
        let answer = GeminiReading.answer(try GeminiReading.events([Array(body.utf8)]))
        #expect(answer?.usage == nil)
        #expect(answer?.choices == [GeminiFixture.choice([.text("a")], .contentFilter, "SAFETY")])
    }

    @Test("Counts from outside never trap and never fall below zero")
    func wildUsage() throws {
        let counts = [
            #""promptTokenCount":5,"cachedContentTokenCount":9,"candidatesTokenCount":-3"#,
            #""promptTokenCount":9223372036854775807,"toolUsePromptTokenCount":9223372036854775807"#,
            #""promptTokenCount":1e300,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":-9223372036854775808}]"#,
            #""promptTokenCount":"x","totalTokenCount":[],"candidatesTokensDetails":[{"modality":"AUDIO","tokenCount":99}]"#,
        ]
        for count in counts {
            let body = #"{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{\#(count)}}"#
            let usage = try GeminiReading.provider.answer(ByteBuffer(string: body)).usage
            #expect(usage.map { $0.parts.allSatisfy { $0 >= 0 } } == true)
        }
    }

    @Test("Blocks that only Gemini knows pass as they are")
    func native() throws {
        let body = #"{"candidates":[{"content":{"parts":[{"executableCode":{"language":"PYTHON","code":"1"}},"#
            + #"{"inlineData":{"mimeType":"audio/wav","data":"AA=="}},{"text":"ok"}]},"finishReason":"STOP"}]}"#
        let parts = try GeminiReading.provider.answer(ByteBuffer(string: body)).choices[0].parts
        let code = JSONText(checking: #"{"executableCode":{"language":"PYTHON","code":"1"}}"#)
        #expect(parts.first?.content == code.map { .native($0) } && parts.count == 3)
    }

    @Test("A picture the model made reaches every client, as Markdown")
    func picture() throws {
        let body = #"{"candidates":[{"content":{"parts":[{"text":"Here: "},"#
            + #"{"inlineData":{"mimeType":"image/png","data":"AA=="}}]},"finishReason":"STOP"}]}"#
        let parts = try GeminiReading.provider.answer(ByteBuffer(string: body)).choices[0].parts
        #expect(parts == [.text("Here: ![](data:image/png;base64,AA==)")])
    }
}
