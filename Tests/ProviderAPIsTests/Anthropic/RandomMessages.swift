import GatewayCore
import GatewayTesting

/// Draws requests and answers that the dialect can say in full.
struct RandomMessages {
    var generator: SeededGenerator
    private var calls = 0

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private mutating func chance(_ one: Int = 2) -> Bool { Int.random(in: 0..<one, using: &generator) == 0 }

    private mutating func pick<Value>(_ values: [Value], or other: Value) -> Value {
        values.randomElement(using: &generator) ?? other
    }

    private mutating func text() -> String {
        let words = ["a", " ", "\n", "é", "👩‍👩‍👧", "\"", "\\", "\u{0}", "\u{2028}", "{\"a\":1}", "data: x\n\n"]
        let count = Int.random(in: 0...8, using: &generator)
        return "x" + (0..<count).map { _ in pick(words, or: "a") }.joined() + "y"
    }

    private mutating func mark() -> CacheMark? {
        chance(5) ? CacheMark(lifetime: pick([nil, "5m", "1h"], or: nil)) : nil
    }

    private mutating func object() -> String {
        pick(["{}", #"{"a":1}"#, #"{"b":{"c":[null,"ü"]},"d":-1.5}"#], or: "{}")
    }

    // MARK: - Requests

    mutating func request() -> Conversation {
        var request = Conversation(model: "claude-opus-4-6")
        request.wantsStreamUsage = true
        request.maxTokens = Int.random(in: 5000...9000, using: &generator)
        if chance() { request.messages.append(Message(.system, texts())) }
        request.messages.append(Message(.user, userParts()))
        for _ in 0..<Int.random(in: 0...4, using: &generator) { request.messages += turn() }
        request.tools = [.function(FunctionTool(name: "f", parameters: .init(valid: #"{"type":"object"}"#)))]
        if chance() {
            request.tools.append(.native(JSONText(valid: #"{"type":"bash_20250124","name":"bash"}"#)))
            request.tools.append(
                .function(
                    FunctionTool(
                        name: "g", description: text(),
                        parameters: .init(valid: #"{"type":"object","properties":{},"additionalProperties":false}"#),
                        isStrict: true, cacheMark: mark())))
        }
        addForm(to: &request)
        return request
    }

    private mutating func addForm(to request: inout Conversation) {
        request.isStream = chance()
        request.toolChoice = pick([nil, .auto, ToolChoice.none], or: nil)
        if chance(3) { request.stop = ["END", text()] }
        if chance(3) { request.user = text() }
        if chance(3) { request.serviceTier = pick(["auto", "default"], or: "auto") }
        if chance(3) {
            let schema = JSONText(valid: #"{"type":"object","properties":{},"additionalProperties":false}"#)
            request.format = .schema(SchemaFormat(schema: schema))
        }
        if chance(4) { request.extras = [.init(name: "speed", value: JSONText(valid: #""fast""#))] }
        if chance() {
            let effort = pick([nil, .low, .high, .max], or: ReasoningRequest.Effort.low)
            request.reasoning = ReasoningRequest(
                effort: effort, budget: chance() ? 2048 : nil, isShown: pick([nil, true, false], or: nil))
        } else {
            if chance(3) { request.toolChoice = pick([.required, .function("f")], or: .required) }
            if chance() { request.sampling.temperature = pick([0, 0.25, 1], or: 1) } else if chance() {
                request.sampling.topP = 0.5
            }
            if chance(3) { request.sampling.topK = 40 }
        }
        switch request.toolChoice {
        case .auto, .required, .function: request.allowsParallelCalls = pick([nil, true, false], or: nil)
        default: break
        }
    }

    private mutating func texts() -> [ContentPart] {
        (0..<Int.random(in: 1...3, using: &generator)).map { _ in ContentPart(.text(text()), cacheMark: mark()) }
    }

    private mutating func userParts() -> [ContentPart] {
        var parts = texts()
        let media: [ContentPart.Content] = [
            .image(Media(.url("https://x/y.png"))), .image(Media(.inline(type: "image/png", base64: "iVBORw0KGgo="))),
            .image(Media(.upload(id: "file_1"))), .file(Media(.upload(id: "file_2"), name: text())),
            .file(Media(.inline(type: "application/pdf", base64: "JVBE"))),
            .file(Media(.inline(type: "text/plain", base64: "R3LDvMOfZQ=="))),
            .native(JSONText(valid: #"{"type":"container_upload","file_id":"f"}"#)),
        ]
        for content in media where chance(4) {
            let isNative = if case .native = content { true } else { false }
            parts.append(ContentPart(content, cacheMark: isNative ? nil : mark()))
        }
        return parts
    }

    /// An assistant's turn, with the results of its calls, and mostly what the user says to it.
    private mutating func turn() -> [Message] {
        var parts: [ContentPart] = []
        let count = Int.random(in: 0...2, using: &generator)
        // A budget is refused for a call without a thought in front.
        if count > 0 || chance() { parts.append(ContentPart(.thinking(chance(3) ? "" : text(), signature: "Eq+/="))) }
        if chance(4) { parts.append(ContentPart(.redactedThinking("Em=="))) }
        if parts.isEmpty || chance() { parts += texts() }
        var results: [Message] = []
        for _ in 0..<count {
            calls += 1
            let id = "toolu_\(calls)"
            parts.append(
                ContentPart(.toolCall(ToolCall(id: id, name: "f", arguments: object())), cacheMark: mark()))
            let result = ToolResult(callID: id, name: "f", parts: chance(4) ? [] : texts(), isError: chance(4))
            results.append(Message(.tool, [ContentPart(.toolResult(result), cacheMark: mark())]))
        }
        // What the model shall go on with may not end in white space: here no text does.
        return [Message(.assistant, parts)] + results + [Message(.user, userParts())]
    }

    // MARK: - Answers

    mutating func answer() -> Answer {
        var choice = AnswerChoice()
        if chance() { choice.parts.append(ContentPart(.thinking(text(), signature: "Eqz="))) }
        if chance(4) { choice.parts.append(ContentPart(.redactedThinking("Em=="))) }
        if chance() { choice.parts.append(.text(text())) }
        if chance(4) {
            choice.parts.append(
                ContentPart(.native(JSONText(valid: #"{"type":"web_search_tool_result","content":[]}"#))))
        }
        let count = Int.random(in: 0...3, using: &generator)
        for call in 0..<count {
            let call = ToolCall(id: "toolu_\(call)", name: "f", arguments: object())
            choice.parts.append(ContentPart(.toolCall(call)))
        }
        let ends: [(FinishReason, String)] = [
            (.stop, "end_turn"), (.other("pause_turn"), "pause_turn"), (.length, "max_tokens"),
            (.contentFilter, "refusal"),
        ]
        let end = count > 0 ? (.toolCalls, "tool_use") : pick(ends, or: (.stop, "end_turn"))
        (choice.finish, choice.nativeFinish) = (end.0, end.1)
        var answer = Answer()
        (answer.id, answer.model, answer.choices) = ("msg_1", "m", [choice])
        answer.usage = TokenUsage(
            inputUncached: number(), cacheRead: number(), cacheWrite5m: number(), cacheWrite1h: number(),
            outputText: number(), outputReasoning: number())
        return answer
    }

    private mutating func number() -> Int { Int.random(in: 0...9999, using: &generator) }
}
