import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Gemini there and back")
struct GeminiRoundTripTests {
    @Test("What all dialects share survives the way to Gemini and back", arguments: 0..<200 as Range<UInt64>)
    func conversation(seed: UInt64) throws {
        var drawing = RandomTurns(seed: seed)
        let conversation = drawing.conversation { $0.chance() ? "c2ln\($0.number(0...99))" : nil }
        let call = try GeminiReading.provider.call(conversation, model: ProviderModel(name: "gemini-2.5-pro"))
        #expect(try GeminiBodyReader.read(call.body) == conversation, "seed \(seed)")
        #expect(call.dropped.isEmpty)
    }

    @Test("An answer survives, whole or in pieces", arguments: 0..<200 as Range<UInt64>)
    func answer(seed: UInt64) throws {
        var drawing = RandomTurns(seed: seed)
        let answer = Self.answer(&drawing)
        #expect(try GeminiReading.provider.answer(Self.body(of: answer)) == answer, "seed \(seed)")
        let stream = Self.stream(of: answer, &drawing)
        let pieces = ByteSplitter.random(Array(stream.utf8), longest: 50, using: &drawing.generator)
        #expect(GeminiReading.answer(try GeminiReading.events(pieces)) == answer, "seed \(seed)")
    }

    private static func answer(_ drawing: inout RandomTurns) -> Answer {
        var answer = Answer()
        answer.id = "r\(drawing.number(0...999))"
        answer.model = "gemini-2.5-pro"
        let candidates = drawing.number(1...3)
        for _ in 0..<candidates {
            var parts: [ContentPart] = []
            if drawing.chance() {
                let signature = drawing.chance() ? "gemini:QQ==" : nil
                parts.append(ContentPart(.thinking(drawing.text(), signature: signature)))
            }
            if drawing.chance() { parts.append(.text(drawing.text())) }
            let calls = drawing.number(0...2)
            for index in 0..<calls {
                let call = ToolCall(
                    id: "c\(index)", name: "f", arguments: drawing.object(), signature: drawing.chance() ? "Qg==" : nil)
                parts.append(ContentPart(.toolCall(call)))
            }
            let isLong = drawing.chance(4)
            var choice = AnswerChoice()
            choice.parts = parts
            choice.finish = isLong ? .length : calls > 0 ? .toolCalls : .stop
            choice.nativeFinish = isLong ? "MAX_TOKENS" : "STOP"
            answer.choices.append(choice)
        }
        let cached = drawing.number(0...50)
        answer.usage = TokenUsage(
            inputUncached: drawing.number(0...99), cacheRead: cached, outputText: drawing.number(0...99),
            outputReasoning: drawing.number(0...9))
        return answer
    }

    // MARK: - The provider's side

    private static func write(
        _ answer: Answer, candidates: (inout JSONWriter) -> Void, to json: inout JSONWriter
    ) {
        json.object { json in
            json.array("candidates", candidates)
            json.member("responseId", answer.id)
            json.member("modelVersion", answer.model)
            let usage = answer.usage ?? TokenUsage()
            json.object("usageMetadata") {
                $0.member("promptTokenCount", usage.inputUncached + usage.cacheRead)
                $0.member("cachedContentTokenCount", usage.cacheRead)
                $0.member("candidatesTokenCount", usage.outputText)
                $0.member("thoughtsTokenCount", usage.outputReasoning)
            }
        }
    }

    private static func body(of answer: Answer) -> ByteBuffer {
        var json = JSONWriter()
        write(
            answer,
            candidates: { json in
                for (index, choice) in answer.choices.enumerated() {
                    json.object {
                        $0.member("index", index)
                        write(choice.parts.map(\.content), to: &$0)
                        $0.member("finishReason", choice.nativeFinish)
                    }
                }
            }, to: &json)
        return json.bytes
    }

    /// One event for each part, texts cut in two, the reason in an event of its own; candidates take turns.
    private static func stream(of answer: Answer, _ drawing: inout RandomTurns) -> String {
        var queues = answer.choices.map { choice in choice.parts.flatMap { halves($0.content) } }
        var stream = ""
        while let index = queues.indices.filter({ !queues[$0].isEmpty }).randomElement(using: &drawing.generator) {
            let content = queues[index].removeFirst()
            stream += event(answer) { json in
                json.object {
                    $0.member("index", index)
                    write([content], to: &$0)
                }
            }
        }
        for (index, choice) in answer.choices.enumerated() {
            stream += event(answer) { json in
                json.object {
                    $0.member("index", index)
                    $0.member("finishReason", choice.nativeFinish)
                }
            }
        }
        return stream
    }

    private static func event(_ answer: Answer, _ candidates: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        write(answer, candidates: candidates, to: &json)
        return "data: \(String(buffer: json.bytes))\r\n\r\n"
    }

    private static func halves(_ content: ContentPart.Content) -> [ContentPart.Content] {
        func cut(_ text: String) -> (String, String) {
            let scalars = Array(text.unicodeScalars)
            let middle = scalars.count / 2
            func string(_ part: ArraySlice<Unicode.Scalar>) -> String {
                String(String.UnicodeScalarView(part))
            }
            return (string(scalars[..<middle]), string(scalars[middle...]))
        }
        switch content {
        case .text(let text): return [.text(cut(text).0), .text(cut(text).1)]
        case .thinking(let text, let signature):
            return [.thinking(cut(text).0, signature: nil), .thinking(cut(text).1, signature: signature)]
        default: return [content]
        }
    }

    private static func write(_ contents: [ContentPart.Content], to json: inout JSONWriter) {
        json.object("content") { json in
            json.member("role", "model")
            json.array("parts") { json in
                for content in contents { json.object { write(content, to: &$0) } }
            }
        }
    }

    private static func write(_ content: ContentPart.Content, to json: inout JSONWriter) {
        switch content {
        case .text(let text): json.member("text", text)
        case .thinking(let text, let signature):
            json.member("text", text)
            json.member("thought", true)
            json.member("thoughtSignature", signature.map { String($0.dropFirst("gemini:".count)) })
        case .toolCall(let call):
            json.object("functionCall") {
                $0.member("id", call.id)
                $0.member("name", call.name)
                $0.member("args", JSONText(checking: call.arguments))
            }
            json.member("thoughtSignature", call.signature)
        default: break
        }
    }
}
