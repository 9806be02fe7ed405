import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Bedrock there and back")
struct BedrockRoundTripTests {
    /// Of the last generation that takes a temperature and `top_p` together.
    private static let model = ProviderModel(name: "anthropic.claude-sonnet-4-20250514-v1:0")

    @Test("What all dialects share survives the way to Bedrock and back", arguments: 0..<200 as Range<UInt64>)
    func conversation(seed: UInt64) throws {
        var drawing = RandomTurns(seed: seed)
        var conversation = drawing.conversation { _ in nil }
        // A tool must have a schema there, and calls must have tools.
        let schema = JSONText(valid: #"{"type":"object","properties":{"a":{}}}"#)
        if conversation.tools.isEmpty { conversation.tools = [.function(FunctionTool(name: "tool_9"))] }
        conversation.tools = conversation.tools.map { tool in
            guard case .function(var function) = tool else { return tool }
            function.parameters = schema
            return .function(function)
        }
        let call = try BedrockReading.provider.call(conversation, model: Self.model)
        #expect(try BedrockBodyReader.read(call.body) == conversation, "seed \(seed)")
        #expect(call.dropped.isEmpty)
    }

    @Test("An answer survives, whole or in pieces", arguments: 0..<80 as Range<UInt64>)
    func answer(seed: UInt64) throws {
        var drawing = RandomTurns(seed: seed)
        let answer = Self.answer(&drawing)
        #expect(try BedrockReading.provider.answer(Self.body(of: answer)) == answer, "seed \(seed)")
        let stream = Self.stream(of: answer)
        let pieces = ByteSplitter.random(stream, longest: 50, using: &drawing.generator)
        #expect(BedrockReading.answer(try BedrockReading.events(pieces)) == answer, "seed \(seed)")
    }

    private static func answer(_ drawing: inout RandomTurns) -> Answer {
        var parts: [ContentPart] = []
        if drawing.chance() { parts.append(ContentPart(.thinking(drawing.text(), signature: "QUJD"))) }
        if drawing.chance(4) { parts.append(ContentPart(.redactedThinking("AAEC"))) }
        if drawing.chance() { parts.append(.text(drawing.text())) }
        let calls = drawing.number(0...3)
        for index in 0..<calls {
            let call = ToolCall(id: "c\(index)", name: "f", arguments: drawing.chance() ? drawing.object() : "{}")
            parts.append(ContentPart(.toolCall(call)))
        }
        let isLong = drawing.chance(4)
        var choice = AnswerChoice()
        choice.parts = parts
        choice.finish = isLong ? .length : calls > 0 ? .toolCalls : .stop
        choice.nativeFinish = isLong ? "max_tokens" : calls > 0 ? "tool_use" : "end_turn"
        var answer = Answer()
        answer.choices = [choice]
        answer.usage = TokenUsage(
            inputUncached: drawing.number(0...99), cacheRead: drawing.number(0...9),
            cacheWrite5m: drawing.number(0...9), cacheWrite1h: drawing.number(0...9),
            outputText: drawing.number(0...99))
        return answer
    }

    // MARK: - The provider's side

    private static func text(_ write: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        json.object { write(&$0) }
        return String(buffer: json.bytes)
    }

    private static func writeUsage(of answer: Answer, to json: inout JSONWriter) {
        let usage = answer.usage ?? TokenUsage()
        json.object("usage") { json in
            json.member("inputTokens", usage.inputUncached)
            json.member("outputTokens", usage.outputText)
            json.member("cacheReadInputTokens", usage.cacheRead)
            json.member("cacheWriteInputTokens", usage.cacheWrite5m + usage.cacheWrite1h)
            json.array("cacheDetails") { json in
                json.object {
                    $0.member("ttl", "1h")
                    $0.member("inputTokens", usage.cacheWrite1h)
                }
            }
        }
    }

    private static func body(of answer: Answer) -> ByteBuffer {
        let choice = answer.choices[0]
        return ByteBuffer(
            string: text { json in
                json.object("output") { json in
                    json.object("message") { json in
                        json.member("role", "assistant")
                        json.array("content") { json in
                            for part in choice.parts { json.object { write(part.content, to: &$0) } }
                        }
                    }
                }
                json.member("stopReason", choice.nativeFinish)
                writeUsage(of: answer, to: &json)
            })
    }

    private static func write(_ content: ContentPart.Content, to json: inout JSONWriter) {
        switch content {
        case .text(let text): json.member("text", text)
        case .thinking(let text, let signature):
            json.object("reasoningContent") { json in
                json.object("reasoningText") {
                    $0.member("text", text)
                    $0.member("signature", signature)
                }
            }
        case .redactedThinking(let data):
            json.object("reasoningContent") { $0.member("redactedContent", data) }
        case .toolCall(let call):
            json.object("toolUse") {
                $0.member("toolUseId", call.id)
                $0.member("name", call.name)
                $0.member("input", JSONText(checking: call.arguments))
            }
        default: break
        }
    }

    private static func stream(of answer: Answer) -> [UInt8] {
        var stream = AmazonFrame.event("messageStart", #"{"role":"assistant"}"#)
        for (index, part) in answer.choices[0].parts.enumerated() {
            for delta in deltas(of: part.content) {
                let name = delta.isStart ? "start" : "delta"
                let json = text { json in
                    json.member("contentBlockIndex", index)
                    json.object(name) { delta.write(&$0) }
                }
                stream += AmazonFrame.event(delta.isStart ? "contentBlockStart" : "contentBlockDelta", json)
            }
            stream += AmazonFrame.event("contentBlockStop", #"{"contentBlockIndex":\#(index)}"#)
        }
        stream += AmazonFrame.event("messageStop", text { $0.member("stopReason", answer.choices[0].nativeFinish) })
        return stream + AmazonFrame.event("metadata", text { writeUsage(of: answer, to: &$0) })
    }

    private struct Delta {
        var isStart = false
        let write: (inout JSONWriter) -> Void
    }

    private static func deltas(of content: ContentPart.Content) -> [Delta] {
        switch content {
        case .text(let text): return text.map { piece in Delta { $0.member("text", String(piece)) } }
        case .thinking(let text, let signature):
            let reasoning = { (name: String, value: String?) in
                Delta { json in json.object("reasoningContent") { $0.member(name, value) } }
            }
            return text.map { reasoning("text", String($0)) } + [reasoning("signature", signature)]
        case .toolCall(let call):
            let start = Delta(isStart: true) { json in
                json.object("toolUse") {
                    $0.member("toolUseId", call.id)
                    $0.member("name", call.name)
                }
            }
            // No arguments, no deltas.
            let pieces = call.arguments == "{}" ? "" : call.arguments
            return [start]
                + pieces.map { piece in
                    Delta { json in json.object("toolUse") { $0.member("input", String(piece)) } }
                }
        default: return [Delta { write(content, to: &$0) }]
        }
    }
}
