import GatewayCore
import GatewayTesting

/// Draws conversations and answers from what this dialect and the form between all dialects have in common.
enum RandomResponses {
    static func make(using generator: inout SeededGenerator) -> Conversation {
        var conversation = Conversation(model: "m-\(Int.random(in: 0...9, using: &generator))")
        if chance(&generator) {
            conversation.messages.append(Message(.system, [.text(text(&generator))]))
            conversation.hasInstructions = chance(&generator)
        }
        for _ in 0..<Int.random(in: 1...4, using: &generator) { addExchange(to: &conversation, &generator) }
        addTools(to: &conversation, &generator)
        if chance(&generator) { conversation.format = format(&generator) }
        if chance(&generator) {
            conversation.reasoning = ReasoningRequest(
                effort: [.none, .minimal, .low, .medium, .high, .xhigh].randomElement(using: &generator),
                isShown: chance(&generator) ? true : nil)
        }
        if chance(&generator) { conversation.maxTokens = Int.random(in: 16...100_000, using: &generator) }
        if chance(&generator) { conversation.sampling.temperature = 0.25 }
        if chance(&generator) { conversation.sampling.topP = 1 }
        if chance(&generator) {
            conversation.sampling.logprobs = true
            conversation.sampling.topLogprobs = 3
        }
        if chance(&generator) { conversation.user = text(&generator) }
        if chance(&generator) { conversation.serviceTier = "flex" }
        if chance(&generator) { conversation.cacheKey = text(&generator) }
        conversation.isStream = chance(&generator)
        conversation.wantsStreamUsage = conversation.isStream
        conversation.extras = [.init(name: "store", value: JSONText(valid: "true"))]
        if chance(&generator) {
            conversation.extras.append(.init(name: "metadata", value: JSONText(valid: #"{"a":"b"}"#)))
        }
        return conversation
    }

    static func answer(using generator: inout SeededGenerator) -> Answer {
        var answer = Answer()
        answer.id = "resp_\(Int.random(in: 0...999, using: &generator))"
        answer.model = "m-1"
        answer.created = 1_763_000_000
        answer.serviceTier = chance(&generator) ? "flex" : nil
        var choice = AnswerChoice()
        choice.parts = turn(&generator)
        let hasCalls = !Message(.assistant, choice.parts).toolCalls.isEmpty
        choice.finish = [hasCalls ? .toolCalls : .stop, .length, .contentFilter].randomElement(using: &generator)
        answer.choices = [choice]
        answer.usage = TokenUsage(
            inputUncached: Int.random(in: 0...99, using: &generator),
            cacheRead: Int.random(in: 0...99, using: &generator),
            cacheWrite5m: Int.random(in: 0...99, using: &generator),
            outputText: Int.random(in: 0...99, using: &generator),
            outputReasoning: Int.random(in: 0...99, using: &generator))
        return answer
    }

    private static func addExchange(to conversation: inout Conversation, _ generator: inout SeededGenerator) {
        if chance(&generator) { conversation.messages.append(Message(.developer, [.text(text(&generator))])) }
        conversation.messages.append(
            Message(.user, (0...Int.random(in: 0...2, using: &generator)).map { _ in given(&generator) }))
        guard chance(&generator) else { return }
        // Thoughts of other providers stay out of a request to this one.
        let said = turn(&generator).filter { part in
            switch part.content {
            case .thinking, .redactedThinking: false
            default: true
            }
        }
        let thought = ContentPart(.thinking(text(&generator), signature: "openai:rs_7:gAAA="))
        let turn = (chance(&generator) ? [thought] : []) + said
        guard !turn.isEmpty else { return }
        conversation.messages.append(Message(.assistant, turn))
        for call in Message(.assistant, turn).toolCalls {
            let result = ToolResult(callID: call.id, name: call.name, parts: [.text(text(&generator))])
            conversation.messages.append(Message(.tool, [ContentPart(.toolResult(result))]))
        }
    }

    private static func addTools(to conversation: inout Conversation, _ generator: inout SeededGenerator) {
        guard chance(&generator) else { return }
        conversation.tools = [
            .function(
                FunctionTool(
                    name: "weather", description: chance(&generator) ? text(&generator) : nil,
                    parameters: chance(&generator) ? JSONText(valid: #"{"type":"object"}"#) : nil,
                    isStrict: chance(&generator))),
            .native(JSONText(valid: #"{"type":"web_search","filters":{"allowed_domains":["a"]}}"#)),
        ]
        conversation.allowsParallelCalls = chance(&generator) ? false : nil
        conversation.toolChoice = [.auto, .required, ToolChoice.none, .function("weather")]
            .randomElement(using: &generator)
    }

    private static func format(_ generator: inout SeededGenerator) -> AnswerFormat {
        let schema = SchemaFormat(
            name: "s", description: chance(&generator) ? text(&generator) : nil,
            schema: JSONText(valid: #"{"type":"object"}"#), isStrict: chance(&generator) ? true : nil)
        return [.text, .json, .schema(schema)].randomElement(using: &generator) ?? .text
    }

    private static func given(_ generator: inout SeededGenerator) -> ContentPart {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: ContentPart(.image(Media(.url("https://x/y.png"), detail: "low")))
        case 1: ContentPart(.image(Media(.inline(type: "image/png", base64: "iVBO"), detail: "auto")))
        case 2: ContentPart(.file(Media(.inline(type: "application/pdf", base64: "JVBE"), name: "a.pdf")))
        case 3: ContentPart(.audio(Media(.inline(type: "audio/wav", base64: "UklG"))))
        default: .text(text(&generator))
        }
    }

    /// What a model says, without two neighbours that a stream would join.
    static func turn(_ generator: inout SeededGenerator) -> [ContentPart] {
        var parts: [ContentPart] = []
        var last = -1
        for place in 0..<Int.random(in: 0...6, using: &generator) {
            let kind = Int.random(in: 0..<6, using: &generator)
            if kind == last, kind < 3 { continue }
            last = kind
            switch kind {
            case 0: parts.append(.text(text(&generator)))
            case 1: parts.append(ContentPart(.refusal(text(&generator))))
            case 2:
                let signature = chance(&generator) ? "sig" : nil
                parts.append(ContentPart(.thinking(text(&generator), signature: signature)))
            case 3: parts.append(ContentPart(.redactedThinking(text(&generator))))
            default:
                let call = ToolCall(id: "call_\(place)", name: "weather", arguments: #"{"at":"\#(place)"}"#)
                parts.append(ContentPart(.toolCall(call)))
            }
        }
        return parts
    }

    static func text(_ generator: inout SeededGenerator) -> String {
        let words = ["word", " ", "\n", "é", "👩‍👩‍👧", "\"", "\\", "\u{0}", "\u{2028}", "data: x\n\n", "{}"]
        return "a" + (0..<Int.random(in: 0...12, using: &generator))
            .map { _ in words.randomElement(using: &generator) ?? "" }.joined()
    }

    static func chance(_ generator: inout SeededGenerator) -> Bool { Bool.random(using: &generator) }
}
