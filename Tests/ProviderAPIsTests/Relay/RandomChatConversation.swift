import GatewayCore
import GatewayTesting
import NIOCore

/// Draws conversations of everything that Chat Completions has a word for.
struct RandomChatConversation {
    fileprivate var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func make() -> Conversation {
        var conversation = Conversation(model: "m-1")
        conversation.messages = [Message(.system, [.text(text())])]
        for turn in 0..<Int.random(in: 1...4, using: &generator) { conversation.messages += exchange(turn) }
        if chance() { conversation.tools = [.function(tool()), .native(JSONText(valid: #"{"type":"web_search"}"#))] }
        if !conversation.tools.isEmpty {
            conversation.toolChoice = [.auto, .required, ToolChoice.none, .function("f")]
                .randomElement(using: &generator)
            conversation.allowsParallelCalls = chance() ? chance() : nil
        }
        conversation.format = chance() ? format() : nil
        conversation.maxTokens = chance() ? 128 : nil
        conversation.stop = chance() ? ["\n", "END"] : []
        conversation.choices = chance() ? 2 : nil
        conversation.user = chance() ? text() : nil
        conversation.serviceTier = chance() ? "flex" : nil
        conversation.cacheKey = chance() ? "k" : nil
        conversation.isStream = chance()
        conversation.wantsStreamUsage = conversation.isStream && chance()
        if chance() {
            conversation.reasoning = ReasoningRequest(
                effort: chance() ? ReasoningRequest.Effort.allCases.randomElement(using: &generator) : nil,
                budget: chance() ? 2048 : nil)
        }
        if chance() {
            conversation.sampling.temperature = [0, 0.7, 1.5, 2].randomElement(using: &generator)
            conversation.sampling.topP = 0.25
            conversation.sampling.topK = 40
            conversation.sampling.seed = -3
            conversation.sampling.presencePenalty = -1.5
            conversation.sampling.frequencyPenalty = 0.5
            conversation.sampling.logitBias = JSONText(valid: #"{"50256":-100}"#)
            conversation.sampling.logprobs = true
            conversation.sampling.topLogprobs = 3
        }
        return conversation
    }

    /// A user's turn, the model's, and the results of its calls.
    private mutating func exchange(_ turn: Int) -> [Message] {
        var messages = [Message(.user, userParts())]
        var said: [ContentPart] = []
        if chance() { said.append(ContentPart(.thinking(text(), signature: chance() ? "sig+/=" : nil))) }
        let isSigned = said.contains { if case .thinking(_, .some) = $0.content { true } else { false } }
        if isSigned, chance() { said.append(ContentPart(.redactedThinking("b64=="))) }
        if chance() { said.append(.text(text())) }
        let calls = (0..<Int.random(in: 0...2, using: &generator)).map { number in
            ToolCall(
                id: "call_\(turn)_\(number)", name: "f", arguments: chance() ? #"{"a":"\#(number)"}"# : "",
                signature: chance() ? "g" : nil)
        }
        said += calls.map { ContentPart(.toolCall($0)) }
        if said.isEmpty { said = [.text("ok")] }
        messages.append(Message(.assistant, said))
        for call in calls {
            let result = ToolResult(callID: call.id, name: "f", parts: [.text(text())], isError: chance())
            messages.append(Message(.tool, [ContentPart(.toolResult(result))]))
        }
        return messages
    }

    private mutating func userParts() -> [ContentPart] {
        if chance() { return [.text(text())] }
        var parts = [ContentPart(.text(text()), cacheMark: chance() ? CacheMark(lifetime: chance() ? "1h" : nil) : nil)]
        parts.append(ContentPart(.image(Media(.url("https://example.com/a.png"), detail: chance() ? "low" : nil))))
        parts.append(ContentPart(.image(Media(.inline(type: "image/png", base64: "aGk=")))))
        parts.append(ContentPart(.audio(Media(.inline(type: "audio/wav", base64: "aGk=")))))
        parts.append(ContentPart(.file(Media(.inline(type: "application/pdf", base64: "aGk="), name: "a.pdf"))))
        parts.append(ContentPart(.file(Media(.upload(id: "file-1")))))
        return parts.shuffled(using: &generator)
    }

    private mutating func tool() -> FunctionTool {
        FunctionTool(
            name: "f", description: chance() ? text() : nil,
            parameters: chance() ? JSONText(valid: #"{"type":"object","properties":{"a":{"type":"string"}}}"#) : nil,
            isStrict: chance() ? chance() : nil, cacheMark: chance() ? CacheMark() : nil)
    }

    private mutating func format() -> AnswerFormat {
        let schema = SchemaFormat(
            name: "n", description: chance() ? text() : nil, schema: JSONText(valid: #"{"type":"object"}"#),
            isStrict: chance() ? true : nil)
        return [.text, .json, .schema(schema)].randomElement(using: &generator) ?? .text
    }

    mutating func chance() -> Bool { Bool.random(using: &generator) }

    mutating func text() -> String {
        let parts = ["word", " ", "\n", "é", "👩‍👩‍👧", "日本", "\"", "\\", "\u{0}", "\u{2028}", "{\"a\":1}", "data: x\n\n"]
        return "t" + (0..<Int.random(in: 0...8, using: &generator))
            .map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
    }
}

extension RandomChatConversation {
    /// An answer of everything that can be told in a stream.
    mutating func answer() -> Answer {
        var answer = Answer()
        (answer.id, answer.model, answer.created) = ("chatcmpl-1", "m-1", 17)
        answer.choices = (0..<(chance() ? 1 : 2)).map { _ in choice() }
        if chance() {
            answer.usage = TokenUsage(
                inputUncached: 5, cacheRead: 7, cacheWrite5m: 3, inputAudio: 2, outputText: 11, outputReasoning: 13)
        }
        return answer
    }

    private mutating func choice() -> AnswerChoice {
        var choice = AnswerChoice()
        if chance() { choice.parts.append(ContentPart(.thinking(text(), signature: chance() ? "s" : nil))) }
        if chance() { choice.parts.append(.text(text())) }
        if chance() { choice.parts.append(ContentPart(.refusal(text()))) }
        for number in 0..<(chance() ? 0 : 2) {
            let call = ToolCall(
                id: "c\(number)", name: "f", arguments: chance() ? #"{"a":1}"# : "", signature: chance() ? "g" : nil)
            choice.parts.append(ContentPart(.toolCall(call)))
        }
        choice.finish = FinishReason.known.randomElement(using: &generator)
        return choice
    }
}
