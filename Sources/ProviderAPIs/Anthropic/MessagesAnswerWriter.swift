internal import GatewayCore
internal import NIOCore

/// Writes a whole answer as a message. Of several choices the first is written: this dialect has one.
struct MessagesAnswerWriter {
    /// Whether the client asked that thoughts come as their signatures alone.
    private let hidesThoughts: Bool

    init(for request: Conversation) { hidesThoughts = request.reasoning?.isShown == false }

    func write(_ answer: Answer) -> ByteBuffer {
        let choice = answer.choices.first ?? AnswerChoice()
        var json = JSONWriter(capacity: 1024)
        json.object { json in
            json.member("id", answer.id.map(Self.id))
            json.member("type", "message")
            json.member("role", "assistant")
            json.member("model", answer.model ?? "")
            json.array("content") { write(choice.parts, to: &$0) }
            Self.writeEnding(choice, to: &json)
            json.key("usage")
            MessagesUsage.write(
                answer.usage ?? TokenUsage(), serviceTier: Self.tier(answer.serviceTier), to: &json)
        }
        return json.bytes
    }

    /// An id as this dialect spells it.
    static func id(_ id: String) -> String { AnswerID.spelled(id, with: "msg_") }

    /// The words that clients of this dialect know; any other is left out.
    private static func tier(_ tier: String?) -> String? {
        switch tier {
        case "default": "standard"
        case "priority", "batch": tier
        default: nil
        }
    }

    /// Writes why the answer ended.
    private static func writeEnding(_ choice: AnswerChoice, to json: inout JSONWriter) {
        let word = choice.finish?.messagesWord(
            native: choice.nativeFinish, stopSequence: choice.stopSequence,
            callsTools: !Message(.assistant, choice.parts).toolCalls.isEmpty,
            refuses: choice.parts.contains(where: \.isRefusal))
        if let word { json.member("stop_reason", word) } else { json.null("stop_reason") }
        if let text = choice.stopSequence { json.member("stop_sequence", text) } else { json.null("stop_sequence") }
    }

    private func write(_ parts: [ContentPart], to json: inout JSONWriter) {
        var index = 0
        while index < parts.count {
            let part = parts[index]
            index += 1
            switch part.content {
            case .text(let text), .refusal(let text):
                let citations = parts[index...].prefix { $0.citation != nil }.compactMap(\.citation)
                index += citations.count
                Self.writeText(text, citations: citations, to: &json)
            case .thinking(let text, let signature):
                if hidesThoughts, signature == nil { continue }
                if text.isEmpty, !hidesThoughts, let signature, MessagesBlock.signsText(signature) { continue }
                MessagesBlock.writeThought(hidesThoughts ? "" : text, signature: signature ?? "", to: &json)
            case .redactedThinking(let data): MessagesBlock.writeRedacted(data, to: &json)
            case .toolCall(let call):
                MessagesBlock.writeCall(
                    id: MessagesBlock.id(call.id), name: call.name, input: Self.input(of: call), to: &json)
            case .native(let native): if MessagesBlock.isOwn(native) { json.json(native) }
            case .image, .audio, .file, .toolResult: continue
            }
        }
    }

    private static func writeText(_ text: String, citations: [JSONElement], to json: inout JSONWriter) {
        guard !citations.isEmpty else {
            // A client that hands an empty block back is refused.
            if !text.isEmpty { MessagesBlock.writeText(text, to: &json) }
            return
        }
        json.object { json in
            json.member("type", "text")
            json.member("text", text)
            json.array("citations") { json in for citation in citations { json.json(JSONText(citation)) } }
        }
    }

    /// An object it must be: what a model wrote otherwise, or did not get to its end, is told under the name that the
    /// maker's guide has for it.
    private static func input(of call: ToolCall) -> JSONText {
        if let input = call.argumentsObject { return input }
        var json = JSONWriter()
        json.object { $0.member("INVALID_JSON", call.arguments) }
        return JSONText(valid: json.bytes)
    }
}

extension ContentPart {
    fileprivate var citation: JSONElement? {
        if case .native(let native) = content { MessagesCitation.citation(of: native) } else { nil }
    }

    fileprivate var isRefusal: Bool {
        if case .refusal = content { true } else { false }
    }
}
