internal import GatewayCore

/// One message as it is stored: everything it holds.
enum StoredMessage {
    static func write(_ message: Message, to json: inout JSONWriter) {
        json.object { json in
            json.member("role", message.role.rawValue)
            json.member("name", message.name)
            write(message.parts, to: &json)
        }
    }

    /// Nil for what ``write(_:to:)`` does not write.
    static func read(_ element: JSONElement) -> Message? {
        guard let role = element["role"]?.string.flatMap(Message.Role.init), let parts = parts(of: element)
        else { return nil }
        return Message(role, parts, name: element["name"]?.string)
    }

    private static func write(_ parts: [ContentPart], to json: inout JSONWriter) {
        json.array("parts") { json in
            for part in parts {
                json.object { json in
                    write(part.content, to: &json)
                    if let mark = part.cacheMark { json.object("mark") { $0.member("lifetime", mark.lifetime) } }
                }
            }
        }
    }

    private static func write(_ content: ContentPart.Content, to json: inout JSONWriter) {
        switch content {
        case .text(let text): json.member("text", text)
        case .refusal(let text): json.member("refusal", text)
        case .image(let media): json.object("image") { write(media, to: &$0) }
        case .audio(let media): json.object("audio") { write(media, to: &$0) }
        case .file(let media): json.object("file") { write(media, to: &$0) }
        case .thinking(let text, let signature):
            json.member("thinking", text)
            json.member("signature", signature)
        case .redactedThinking(let data): json.member("redacted", data)
        case .toolCall(let call):
            json.object("call") {
                $0.member("id", call.id)
                $0.member("name", call.name)
                $0.member("arguments", call.arguments)
                $0.member("signature", call.signature)
            }
        case .toolResult(let result):
            json.object("result") { json in
                json.member("id", result.callID)
                json.member("name", result.name)
                if result.isError { json.member("error", true) }
                write(result.parts, to: &json)
            }
        case .native(let native): json.member("native", native)
        }
    }

    private static func write(_ media: Media, to json: inout JSONWriter) {
        switch media.source {
        case .url(let url): json.member("url", url)
        case .upload(let id): json.member("upload", id)
        case .inline(let type, let base64):
            json.member("type", type)
            json.member("base64", base64)
        }
        json.member("detail", media.detail)
        json.member("name", media.name)
    }

    // MARK: - Reading

    private static func parts(of element: JSONElement) -> [ContentPart]? {
        guard let stored = element["parts"], stored.kind == .array else { return nil }
        var parts: [ContentPart] = []
        for part in stored.elements {
            guard let content = content(of: part) else { return nil }
            let mark = part["mark"].map { CacheMark(lifetime: $0["lifetime"]?.string) }
            parts.append(ContentPart(content, cacheMark: mark))
        }
        return parts
    }

    private static func content(of part: JSONElement) -> ContentPart.Content? {
        guard let kind = part.members.first(where: { _ in true }) else { return nil }
        let value = kind.value
        switch kind.name {
        case "text": return value.string.map { .text($0) }
        case "refusal": return value.string.map { .refusal($0) }
        case "image": return media(value).map { .image($0) }
        case "audio": return media(value).map { .audio($0) }
        case "file": return media(value).map { .file($0) }
        case "thinking": return value.string.map { .thinking($0, signature: part["signature"]?.string) }
        case "redacted": return value.string.map { .redactedThinking($0) }
        case "native": return .native(JSONText(value))
        case "call":
            guard let id = value["id"]?.string, let name = value["name"]?.string,
                let arguments = value["arguments"]?.string
            else { return nil }
            return .toolCall(
                ToolCall(id: id, name: name, arguments: arguments, signature: value["signature"]?.string))
        case "result":
            guard let id = value["id"]?.string, let parts = parts(of: value) else { return nil }
            return .toolResult(
                ToolResult(
                    callID: id, name: value["name"]?.string, parts: parts, isError: value["error"]?.bool ?? false))
        default: return nil
        }
    }

    private static func media(_ value: JSONElement) -> Media? {
        let (detail, name) = (value["detail"]?.string, value["name"]?.string)
        if let url = value["url"]?.string { return Media(.url(url), detail: detail, name: name) }
        if let id = value["upload"]?.string { return Media(.upload(id: id), detail: detail, name: name) }
        guard let type = value["type"]?.string, let base64 = value["base64"]?.string else { return nil }
        return Media(.inline(type: type, base64: base64), detail: detail, name: name)
    }
}
