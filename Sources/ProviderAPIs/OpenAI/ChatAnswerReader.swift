package import GatewayCore
package import NIOCore

/// Reads a whole `chat.completion`.
package enum ChatAnswerReader {
    /// - Throws: ``ProviderFailure`` as ``OpenAIChat/decode(_:)``.
    package static func read(_ body: ByteBuffer) throws(ProviderFailure) -> Answer {
        let root = try OpenAIChat.parse(body).root
        guard root.kind == .object else { throw OpenAIChat.malformed("must be an object, found \(root.kind)") }
        if ProviderErrorBody.isError(root) { throw .classify(root, otherwise: .serverError) }
        guard let choices = root["choices"], choices.kind == .array, choices.hasElements else {
            throw OpenAIChat.malformed("must have at least one choice")
        }
        var answer = Answer()
        answer.id = root["id"]?.string
        answer.model = root["model"]?.string
        answer.created = root["created"]?.integer
        answer.serviceTier = root["service_tier"]?.string
        answer.usage = OpenAIChat.usage(root["usage"])
        for choice in choices.elements { answer.choices.append(try self.choice(choice)) }
        return answer
    }

    private static func choice(_ element: JSONElement) throws(ProviderFailure) -> AnswerChoice {
        guard let message = element["message"], message.kind == .object else {
            throw OpenAIChat.malformed("must have an object 'message' in each choice")
        }
        var choice = AnswerChoice()
        choice.parts = ChatThoughts.parts(of: message)
        if let text = message["content"]?.string, !text.isEmpty { choice.parts.append(.text(text)) }
        if let refusal = message["refusal"]?.string { choice.parts.append(ContentPart(.refusal(refusal))) }
        for call in message["tool_calls"]?.elements.map({ $0 }) ?? [] {
            choice.parts.append(ContentPart(.toolCall(toolCall(call))))
        }
        if let call = message["function_call"], call.kind == .object {
            choice.parts.append(ContentPart(.toolCall(toolCall(function: call, id: "call_0"))))
        }
        let reason = element["finish_reason"]?.string
        choice.finish = reason.map(FinishReason.init(chat:))
        choice.nativeFinish = element["native_finish_reason"]?.string ?? reason.flatMap(FinishReason.native(chat:))
        choice.stopSequence = element["stop_sequence"]?.string
        choice.logprobs = element["logprobs"].flatMap { $0.isNull ? nil : JSONText($0) }
        return choice
    }

    private static func toolCall(_ element: JSONElement) -> ToolCall {
        let function = element["function"] ?? element["custom"]
        var call = toolCall(function: function, id: element["id"]?.string ?? "")
        call.signature = element["extra_content"]?["google"]?["thought_signature"]?.string
        return call
    }

    private static func toolCall(function: JSONElement?, id: String) -> ToolCall {
        ToolCall(
            id: id, name: function?["name"]?.string ?? "",
            arguments: (function?["arguments"] ?? function?["input"])?.string ?? "")
    }
}

extension FinishReason {
    /// Reads a `finish_reason`, also in the words of servers that let those of their engines through: of TGI and
    /// Together (`eos`, `eos_token`, `stop_sequence`), and of Mistral (`model_length`).
    init(chat reason: String) {
        switch reason {
        case "function_call": self = .toolCalls
        case "eos", "eos_token", "stop_sequence": self = .stop
        case "model_length": self = .length
        default: self = FinishReason(word: reason)
        }
    }

    /// A `finish_reason` that says more than what is read from it; nil for OpenAI's own words.
    static func native(chat reason: String) -> String? { known.contains { $0.word == reason } ? nil : reason }

    /// The `finish_reason` that clients are told: an end nobody knows is told as one that came too soon, since strict
    /// clients take no word but OpenAI's.
    var chatWord: String { if case .other = self { FinishReason.length.word } else { word } }
}
