internal import GatewayCore

/// Writes messages of a conversation as those of Chat Completions.
struct ChatMessageWriter {
    let reader: ChatRequestWriter.Reader
    let habits: ChatServerHabits

    /// Whether thoughts, marks and what only the client's dialect knows are written too: OpenAI's dialect has no
    /// place for them.
    private var isComplete: Bool { reader == .gateway }

    func write(_ message: Message, at place: String, to json: inout JSONWriter) throws(GatewayError) {
        switch message.role {
        case .tool:
            for part in message.parts { try writeResult(part, at: place, to: &json) }
        case .assistant: try writeTurn(message, at: place, to: &json)
        case .system, .developer, .user:
            try json.object { json throws(GatewayError) in
                // The newer name for the system is OpenAI's alone.
                let isRenamed = reader == .compatible && message.role == .developer
                json.member("role", isRenamed ? "system" : message.role.rawValue)
                try writeContent(message.parts, at: place, to: &json)
                json.member("name", message.name)
            }
        }
    }

    private func writeTurn(_ message: Message, at place: String, to json: inout JSONWriter) throws(GatewayError) {
        let spoken = message.parts.filter(\.isSpoken)
        let calls = message.toolCalls
        try json.object { json throws(GatewayError) in
            json.member("role", "assistant")
            if spoken.isEmpty {
                json.null("content")
            } else {
                try writeContent(spoken, at: place, to: &json)
            }
            if isComplete { ChatThoughts.write(message.parts, to: &json) } else if !calls.isEmpty {
                writeThoughts(message.parts, to: &json)
            }
            ChatToolCalls.write(
                calls, isComplete: isComplete, signs: isComplete || habits.takesSignatures, to: &json)
            json.member("name", message.name)
        }
    }

    /// What a model thought before it called a tool, for servers that let it think on.
    private func writeThoughts(_ parts: [ContentPart], to json: inout JSONWriter) {
        guard let name = habits.thoughts else { return }
        let text = ChatThoughts.text(of: parts)
        if !text.isEmpty || habits.demandsThoughts { json.member(name, text) }
    }

    private func writeResult(
        _ part: ContentPart, at place: String, to json: inout JSONWriter
    ) throws(GatewayError) {
        guard case .toolResult(let result) = part.content else {
            throw GatewayError(.invalidRequest, "'\(place)' must hold results of tools alone", parameter: place)
        }
        try json.object { json throws(GatewayError) in
            json.member("role", "tool")
            json.member("tool_call_id", result.callID)
            let said = isComplete ? result.parts : result.parts.filter { !$0.isMedia }
            if said.isEmpty {
                json.member("content", "")
            } else {
                try writeContent(said, at: place, to: &json)
            }
            guard isComplete else { return }
            json.member("name", result.name)
            if result.isError { json.member("is_error", true) }
            part.cacheMark?.write(to: &json)
        }
    }

    /// A single text as a string, as most clients write it; anything else as parts.
    private func writeContent(
        _ parts: [ContentPart], at place: String, to json: inout JSONWriter
    ) throws(GatewayError) {
        if parts.count == 1, case .text(let text) = parts[0].content, parts[0].cacheMark == nil || !isComplete {
            return json.member("content", text)
        }
        if habits.joinsTexts, let text = Self.joined(parts) { return json.member("content", text) }
        try json.array("content") { json throws(GatewayError) in
            for (index, part) in parts.enumerated() {
                try write(part, at: "\(place).content[\(index)]", to: &json)
            }
        }
    }

    private func write(_ part: ContentPart, at place: String, to json: inout JSONWriter) throws(GatewayError) {
        if case .native(let native) = part.content {
            guard isComplete else { throw .untranslatable(place, "this kind of content") }
            return json.json(native)
        }
        try json.object { json throws(GatewayError) in
            try writeMembers(of: part.content, at: place, to: &json)
            if isComplete { part.cacheMark?.write(to: &json) }
        }
    }

    private func writeMembers(
        of content: ContentPart.Content, at place: String, to json: inout JSONWriter
    ) throws(GatewayError) {
        switch content {
        case .text(let text): writeText(text, to: &json)
        case .refusal(let text):
            json.member("type", "refusal")
            json.member("refusal", text)
        case .image(let media):
            guard let url = media.url ?? (isComplete ? media.uploadID : nil) else {
                throw .untranslatable(place, "an uploaded image")
            }
            json.member("type", "image_url")
            json.object("image_url") {
                $0.member("url", url)
                $0.member("detail", media.detail)
            }
        case .audio(let media):
            guard case .inline(let type, let base64) = media.source else {
                throw .untranslatable(place, "audio by URL")
            }
            json.member("type", "input_audio")
            json.object("input_audio") {
                $0.member("data", base64)
                $0.member("format", type.split(separator: "/").last.map(String.init))
            }
        case .file(let media):
            if !isComplete {
                // A file is a PDF here, and its bytes come along: nothing is fetched.
                if let text = Self.text(of: media) { return writeText(text, to: &json) }
                if case .url = media.source { throw .untranslatable(place, "a document by its address") }
                try media.expectUpload(of: .openAI, at: place)
            }
            json.member("type", "file")
            json.object("file") {
                $0.member("file_id", media.uploadID)
                $0.member("file_data", media.url)
                $0.member("filename", isComplete ? media.name : media.fileName)
            }
        case .thinking, .redactedThinking, .toolCall, .toolResult, .native:
            throw .untranslatable(place, "this kind of content")
        }
    }
}

extension ChatMessageWriter {
    private func writeText(_ text: String, to json: inout JSONWriter) {
        json.member("type", "text")
        json.member("text", text)
    }

    /// The texts as one; nil where anything else stands between them.
    private static func joined(_ parts: [ContentPart]) -> String? {
        var texts: [String] = []
        for part in parts {
            switch part.content {
            case .text(let text): texts.append(text)
            case .file(let media):
                guard let text = Self.text(of: media) else { return nil }
                texts.append(text)
            default: return nil
            }
        }
        return texts.joined(separator: ChatServerHabits.betweenTexts)
    }

    /// A document of plain text, marked as one; nil for any other.
    private static func text(of file: Media) -> String? {
        guard case .inline(let type, let base64) = file.source, type.hasPrefix("text/") || type == "application/json",
            let text = Base64.decodeText(base64)
        else { return nil }
        let title = file.name.map { " title=\"\($0)\"" } ?? ""
        return "<document\(title)>\n\(text)\n</document>"
    }
}

extension ContentPart {
    /// Whether it stands in the content of an assistant's message; the other kinds have members of their own.
    fileprivate var isSpoken: Bool {
        switch content {
        case .thinking, .redactedThinking, .toolCall: false
        default: true
        }
    }
}

extension Media {
    fileprivate var uploadID: String? {
        if case .upload(let id) = source { id } else { nil }
    }
}

extension GatewayError {
    /// A part of the request has no place in the provider's dialect.
    static func untranslatable(_ place: String, _ what: String) -> GatewayError {
        GatewayError(
            .invalidRequest, "'\(place)': \(what) cannot be sent to the provider of this model", parameter: place)
    }
}
