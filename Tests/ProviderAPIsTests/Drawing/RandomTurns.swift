import GatewayCore
import GatewayTesting
import NIOCore

/// Draws conversations of what the dialects with turns of parts have in common.
struct RandomTurns {
    var generator: SeededGenerator
    /// Beginnings of words, so that texts have every kind of character.
    private static let pieces = [
        "word", " ", "\n", "é", "e\u{301}", "👩‍👩‍👧", "日本", "\"", "\\", "\u{1}", "{\"a\":1}", "data: x\n\n", "🇩🇪",
    ]

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func chance(_ part: Int = 2) -> Bool { Int.random(in: 0..<part, using: &generator) == 0 }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    /// Never empty.
    mutating func text() -> String {
        var text = ["a", "Z", "0", "ß"].randomElement(using: &generator) ?? ""
        for _ in 0..<number(0...12) { text += Self.pieces.randomElement(using: &generator) ?? "" }
        return text
    }

    mutating func object() -> String {
        var json = JSONWriter()
        let (key, value, count) = (text(), text(), number(-5...5))
        json.object {
            $0.member(key, value)
            $0.array("list") {
                $0.integer(count)
                $0.null()
            }
        }
        return String(buffer: json.bytes)
    }

    /// - Parameter signature: draws a signature of a call.
    mutating func conversation(signature: (inout RandomTurns) -> String?) -> Conversation {
        var conversation = Conversation(model: "m")
        if chance() { conversation.messages.append(Message(.system, (0..<number(1...2)).map { _ in .text(text()) })) }
        for turn in 0..<number(1...4) {
            conversation.messages.append(Message(.user, userParts()))
            let calls = (0..<number(0...3)).map { index in
                ToolCall(
                    id: "call-\(turn)-\(index)", name: "tool_\(number(0...3))", arguments: object(),
                    signature: signature(&self))
            }
            let spoken: [ContentPart] = calls.isEmpty || chance() ? [.text(text())] : []
            conversation.messages.append(
                Message(.assistant, spoken + calls.map { ContentPart(.toolCall($0)) }))
            for call in calls {
                let result = ToolResult(callID: call.id, name: call.name, parts: [.text(text())], isError: chance(4))
                conversation.messages.append(Message(.tool, [ContentPart(.toolResult(result))]))
            }
        }
        conversation.messages.append(Message(.user, userParts()))
        fillParameters(of: &conversation)
        return conversation
    }

    private mutating func userParts() -> [ContentPart] {
        (0..<number(1...3)).map { _ in
            chance(3)
                ? ContentPart(.image(Media(.inline(type: chance() ? "image/png" : "image/jpeg", base64: "AAEC"))))
                : .text(text())
        }
    }

    private mutating func fillParameters(of conversation: inout Conversation) {
        if chance() { conversation.maxTokens = number(1...9999) }
        if chance() { conversation.sampling.temperature = Double(number(0...100)) / 100 }
        if chance() { conversation.sampling.topP = Double(number(1...100)) / 100 }
        if chance() { conversation.stop = (0..<number(1...4)).map { _ in text() } }
        guard chance() else { return }
        conversation.tools = (0..<number(1...3)).map { index in
            let hasSchema = chance()
            return .function(
                FunctionTool(
                    name: "tool_\(index)", description: chance() ? text() : nil,
                    parameters: hasSchema ? JSONText(valid: #"{"type":"object","properties":{"a":{}}}"#) : nil))
        }
        conversation.toolChoice = [.auto, .required, .function("tool_0"), nil].randomElement(using: &generator) ?? nil
    }
}
