internal import GatewayCore

/// Writes the parts of one turn.
struct GeminiPartWriter {
    let names: [String: String]
    let signsCalls: Bool
    let writesCallIDs: Bool
    let needsTypes: Bool
    private var parts: [JSONText] = []
    /// Media of results, where the model takes them beside the results alone.
    private var trailing: [JSONText] = []
    private var hasCalls = false
    private(set) var dropped: [String] = []

    init(names: [String: String], signsCalls: Bool, writesCallIDs: Bool, needsTypes: Bool) {
        self.names = names
        self.signsCalls = signsCalls
        self.writesCallIDs = writesCallIDs
        self.needsTypes = needsTypes
    }

    func finished() -> [JSONText] { parts + trailing }

    mutating func add(_ message: Message, at place: String) throws(GatewayError) {
        for (index, part) in message.parts.enumerated() {
            try add(part.content, role: message.role, at: "\(place).content[\(index)]")
        }
    }

    private mutating func add(
        _ content: ContentPart.Content, role: Message.Role, at place: String
    ) throws(GatewayError) {
        switch content {
        case .text(let text), .refusal(let text):
            // Empty texts are refused.
            if !text.isEmpty { parts.append(Self.part { $0.member("text", text) }) }
        case .image(let media), .audio(let media), .file(let media):
            guard role != .assistant else { throw .untranslatable(place, "media in a turn of the model") }
            parts.append(try part(media, at: place))
        case .thinking(let text, let signature): addThought(text, signature)
        // Of other providers, which alone can read it.
        case .redactedThinking: break
        case .toolCall(let call): try add(call, at: place)
        case .toolResult(let result): try add(result, at: place)
        case .native: dropped.append(place)
        }
    }

    private static func part(_ members: (inout JSONWriter) -> Void) -> JSONText {
        var json = JSONWriter(capacity: 128)
        json.object { members(&$0) }
        return JSONText(valid: json.bytes)
    }

    private func part(_ media: Media, at place: String) throws(GatewayError) -> JSONText {
        var json = JSONWriter(capacity: 128)
        try json.object { json throws(GatewayError) in
            try GeminiMedia.write(media, needsType: needsTypes, at: place, to: &json)
        }
        return JSONText(valid: json.bytes)
    }

    /// Only a thought with Gemini's own signature goes back: one of another provider is refused, and one without is of
    /// no use to the model.
    private mutating func addThought(_ text: String, _ signature: String?) {
        guard let signature = signature.flatMap(ThoughtOrigin.gemini.unmark) else { return }
        let part = Self.part {
            $0.member("text", text)
            // The signature of an answer comes in a part of its own, which is empty and no thought.
            if !text.isEmpty { $0.member("thought", true) }
            $0.member("thoughtSignature", signature)
        }
        parts.append(part)
    }

    private mutating func add(_ call: ToolCall, at place: String) throws(GatewayError) {
        guard let arguments = call.argumentsObject else {
            throw GatewayError(
                .invalidRequest, "'\(place)': the arguments of '\(call.name)' must be a JSON object", parameter: place)
        }
        // Of calls in parallel the first alone is signed.
        let stand = signsCalls && !hasCalls ? GeminiContentWriter.anySignature : nil
        hasCalls = true
        let part = Self.part { json in
            json.object("functionCall") {
                if writesCallIDs { $0.member("id", call.id) }
                $0.member("name", call.name)
                $0.member("args", arguments)
            }
            json.member("thoughtSignature", call.signature ?? stand)
        }
        parts.append(part)
    }

    private mutating func add(_ result: ToolResult, at place: String) throws(GatewayError) {
        guard let name = result.name ?? names[result.callID] else {
            throw GatewayError(
                .invalidRequest, "'\(place)': no call has the id '\(result.callID)'", parameter: place)
        }
        var media: [JSONText] = []
        for (index, part) in result.parts.enumerated() {
            switch part.content {
            case .text, .refusal: continue
            case .image(let image), .audio(let image), .file(let image):
                media.append(try self.part(image, at: "\(place).content[\(index)]"))
            default: throw .untranslatable("\(place).content[\(index)]", "this kind of content in a result")
            }
        }
        let written = Self.part { json in
            json.object("functionResponse") { json in
                if writesCallIDs { json.member("id", result.callID) }
                json.member("name", name)
                json.member("response", Self.response(result))
                if signsCalls, !media.isEmpty { json.array("parts") { for part in media { $0.json(part) } } }
            }
        }
        parts.append(written)
        if !signsCalls { trailing += media }
    }

    /// The response must be an object: what is none becomes its `output`, an error its `error`.
    private static func response(_ result: ToolResult) -> JSONText {
        let text = result.text
        if !result.isError, let document = try? JSONDocument(text), document.root.kind == .object {
            return JSONText(document.root)
        }
        return part { $0.member(result.isError ? "error" : "output", text) }
    }
}
