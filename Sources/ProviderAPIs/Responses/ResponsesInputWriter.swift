internal import GatewayCore

/// Writes messages of a conversation as items of a request.
struct ResponsesInputWriter {
    /// Names of participants, which have no place here.
    private(set) var dropped: [String] = []

    mutating func write(_ message: Message, at place: String, to json: inout JSONWriter) throws(GatewayError) {
        if message.name != nil { dropped.append("\(place).name") }
        switch message.role {
        case .assistant: try writeTurn(message.parts, at: place, to: &json)
        case .tool:
            for part in message.parts { try writeResult(part, at: place, to: &json) }
        case .system, .developer, .user: try writeMessage(message, at: place, to: &json)
        }
    }

    private func writeMessage(_ message: Message, at place: String, to json: inout JSONWriter) throws(GatewayError) {
        var parts: [(index: Int, part: ContentPart)] = []
        for (index, part) in message.parts.enumerated() {
            if let item = Self.item(part) { json.json(item) } else { parts.append((index, part)) }
        }
        // A message of which nothing but items is there is none.
        guard !parts.isEmpty || message.parts.isEmpty else { return }
        try json.object { json throws(GatewayError) in
            json.member("role", message.role.rawValue)
            try json.array("content") { json throws(GatewayError) in
                for (index, part) in parts { try write(part, at: "\(place).content[\(index)]", to: &json) }
            }
        }
    }

    /// The items of one turn of the model, in its order. Thoughts that OpenAI did not sign are not its own, and stay
    /// out: it refuses proofs it cannot read.
    private func writeTurn(_ parts: [ContentPart], at place: String, to json: inout JSONWriter) throws(GatewayError) {
        var spoken: [ContentPart] = []
        for (index, part) in parts.enumerated() {
            switch part.content {
            case .text, .refusal:
                spoken.append(part)
                continue
            default: break
            }
            Self.flush(&spoken, to: &json)
            switch part.content {
            case .thinking(let text, _):
                if let thought = OpenAIThought(part) { Self.write(thought, text, to: &json) }
            case .redactedThinking: continue
            case .toolCall(let call): Self.write(call, to: &json)
            default:
                guard let item = Self.item(part) else {
                    throw .untranslatable("\(place).content[\(index)]", "this kind of content")
                }
                json.json(item)
            }
        }
        Self.flush(&spoken, to: &json)
    }

    private static func flush(_ spoken: inout [ContentPart], to json: inout JSONWriter) {
        guard !spoken.isEmpty else { return }
        json.object { json in
            json.member("role", "assistant")
            json.array("content") { json in
                for part in spoken {
                    json.object { json in
                        switch part.content {
                        case .text(let text):
                            json.member("type", "output_text")
                            json.member("text", text)
                        case .refusal(let text):
                            json.member("type", "refusal")
                            json.member("refusal", text)
                        default: return
                        }
                    }
                }
            }
        }
        spoken = []
    }

    private static func write(_ thought: OpenAIThought, _ text: String, to json: inout JSONWriter) {
        json.object { json in
            json.member("type", "reasoning")
            if !thought.id.isEmpty { json.member("id", thought.id) }
            json.array("summary") { if !text.isEmpty { ResponsesItem.writeSummary(text, to: &$0) } }
            json.member("encrypted_content", thought.encrypted)
        }
    }

    private static func write(_ call: ToolCall, to json: inout JSONWriter) {
        json.object {
            $0.member("type", "function_call")
            $0.member("call_id", callID(call.id))
            $0.member("name", call.name)
            $0.member("arguments", call.arguments.isEmpty ? "{}" : call.arguments)
        }
    }

    private func writeResult(_ part: ContentPart, at place: String, to json: inout JSONWriter) throws(GatewayError) {
        guard case .toolResult(let result) = part.content else {
            throw GatewayError(.invalidRequest, "'\(place)' must hold results of tools alone", parameter: place)
        }
        try json.object { json throws(GatewayError) in
            json.member("type", "function_call_output")
            json.member("call_id", Self.callID(result.callID))
            if result.parts.isEmpty { return json.member("output", "") }
            if result.parts.count == 1, case .text(let text) = result.parts[0].content {
                return json.member("output", text)
            }
            try json.array("output") { json throws(GatewayError) in
                for (index, part) in result.parts.enumerated() {
                    try write(part, at: "\(place).content[\(index)]", to: &json)
                }
            }
        }
    }

    // MARK: - Parts

    private func write(_ part: ContentPart, at place: String, to json: inout JSONWriter) throws(GatewayError) {
        if case .native(let native) = part.content, let element = native.element, ResponsesItems.isPart(element) {
            return json.json(native)
        }
        try json.object { json throws(GatewayError) in
            try part.content.media?.expectUpload(of: .openAI, at: place)
            switch part.content {
            case .text(let text), .refusal(let text):
                json.member("type", "input_text")
                json.member("text", text)
            case .image(let media):
                json.member("type", "input_image")
                json.member("detail", media.detail ?? "auto")
                Self.write(media, link: "image_url", to: &json)
            case .file(let media):
                json.member("type", "input_file")
                json.member("filename", media.fileName)
                if case .url(let url) = media.source { return json.member("file_url", url) }
                Self.write(media, link: "file_data", to: &json)
            case .audio(let media):
                guard case .inline(let type, let base64) = media.source else {
                    throw .untranslatable(place, "audio by URL")
                }
                json.member("type", "input_audio")
                json.object("input_audio") {
                    $0.member("data", base64)
                    $0.member("format", type.split(separator: "/").last.map(String.init))
                }
            case .thinking, .redactedThinking, .toolCall, .toolResult, .native:
                throw .untranslatable(place, "this kind of content")
            }
        }
    }

    private static func write(_ media: Media, link: String, to json: inout JSONWriter) {
        if case .upload(let id) = media.source { json.member("file_id", id) } else { json.member(link, media.url) }
    }

    /// The item of this dialect that a part is; nil for all other parts.
    private static func item(_ part: ContentPart) -> JSONText? {
        guard case .native(let native) = part.content, let element = native.element, ResponsesItems.isItem(element)
        else { return nil }
        return native
    }

    /// OpenAI takes at most 64 bytes. A longer id keeps its beginning, and a hash tells it apart.
    static func callID(_ id: String) -> String {
        guard id.utf8.count > 64 else { return id }
        let start = String(decoding: id.utf8.prefix(40).filter { $0 < 0x80 }, as: UTF8.self)
        return start + "_" + String(FNV1a(id).value, radix: 16)
    }
}
