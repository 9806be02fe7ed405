internal import GatewayCore

/// Reads the messages of a Messages request and their blocks, one after the other.
struct MessagesContentReader {
    /// The names of tools by the ids of their calls, for dialects that know results by name.
    private var names: [String: String] = [:]
    private var extras: [Conversation.Extra] = []

    /// What was met since the last time that only this dialect knows.
    mutating func takeExtras() -> [Conversation.Extra] {
        defer { extras = [] }
        return extras
    }

    /// - Returns: one message, or for a user's with results of tools in it one for each of these, and one for the rest.
    mutating func read(_ message: JSONElement, at place: String) throws(GatewayError) -> [Message] {
        guard message.kind == .object else { throw .unreadable(place, "an object", message) }
        guard let content = message["content"] else {
            throw .unreadable("\(place).content", "a string or an array of blocks", message)
        }
        note(message, besides: ["role", "content"], at: place)
        let parts = try parts(content, at: "\(place).content")
        switch message["role"]?.string {
        case "assistant": return [Message(.assistant, parts)]
        case "system": return [Message(.system, parts)]
        case "user":
            let results = parts.filter(\.isToolResult).map { Message(.tool, [$0]) }
            let rest = parts.filter { !$0.isToolResult }
            return results.isEmpty || !rest.isEmpty ? results + [Message(.user, rest)] : results
        default: throw .unreadable("\(place).role", "one of user, assistant, system", message["role"] ?? message)
        }
    }

    /// Reads a string, which stands for one block of text, or blocks.
    mutating func parts(_ content: JSONElement, at place: String) throws(GatewayError) -> [ContentPart] {
        if let text = content.string { return text.isEmpty ? [] : [.text(text)] }
        guard content.kind == .array else { throw .unreadable(place, "a string or an array of blocks", content) }
        var parts: [ContentPart] = []
        for (index, block) in content.elements.enumerated() {
            let place = "\(place)[\(index)]"
            guard block.kind == .object else { throw .unreadable(place, "an object", block) }
            parts.append(ContentPart(try part(block, at: place), cacheMark: CacheMark(block["cache_control"])))
        }
        return parts
    }

    private mutating func part(_ block: JSONElement, at place: String) throws(GatewayError) -> ContentPart.Content {
        switch block["type"]?.string {
        case "text":
            note(block, besides: ["text"], at: place)
            return .text(try required("text", of: block, at: place))
        case "image":
            guard let media = try media(block, at: place) else { return .native(JSONText(block)) }
            note(block, besides: ["source"], at: place)
            return .image(media)
        case "document":
            guard var media = try media(block, at: place) else { return .native(JSONText(block)) }
            note(block, besides: ["source", "title"], at: place)
            media.name = block["title"]?.string
            return .file(media)
        case "thinking":
            note(block, besides: ["thinking", "signature"], at: place)
            let signature = block["signature"]?.string ?? ""
            return .thinking(
                try required("thinking", of: block, at: place), signature: signature.isEmpty ? nil : signature)
        case "redacted_thinking":
            note(block, besides: ["data"], at: place)
            return .redactedThinking(try required("data", of: block, at: place))
        case "tool_use": return .toolCall(try call(block, at: place))
        case "tool_result": return .toolResult(try result(block, at: place))
        case .some: return .native(JSONText(block))
        case nil: throw .unreadable("\(place).type", "a string", block["type"] ?? block)
        }
    }

    private mutating func call(_ block: JSONElement, at place: String) throws(GatewayError) -> ToolCall {
        let id = try required("id", of: block, at: place)
        let name = try required("name", of: block, at: place)
        guard let input = block["input"], input.kind == .object else {
            throw .unreadable("\(place).input", "an object", block["input"] ?? block)
        }
        // A call that was made directly says so, or nothing.
        let isDirect = block["caller"]?["type"]?.string == "direct"
        note(block, besides: ["id", "name", "input"] + (isDirect ? ["caller"] : []), at: place)
        names[id] = name
        return ToolCall(id: id, name: name, arguments: JSONText(input).description)
    }

    private mutating func result(_ block: JSONElement, at place: String) throws(GatewayError) -> ToolResult {
        let id = try required("tool_use_id", of: block, at: place)
        note(block, besides: ["tool_use_id", "content", "is_error"], at: place)
        var parts: [ContentPart] = []
        if let content = block["content"], !content.isNull { parts = try self.parts(content, at: "\(place).content") }
        return ToolResult(callID: id, name: names[id], parts: parts, isError: block["is_error"]?.bool ?? false)
    }

    /// Nil for a source that only this dialect has.
    private func media(_ block: JSONElement, at place: String) throws(GatewayError) -> Media? {
        let place = "\(place).source"
        guard let source = block["source"], source.kind == .object else {
            throw .unreadable(place, "an object", block["source"] ?? block)
        }
        switch source["type"]?.string {
        case "base64":
            let type = try required("media_type", of: source, at: place).lowercased()
            return Media(.inline(type: type, base64: try required("data", of: source, at: place)))
        case "text":
            let text = try required("data", of: source, at: place)
            return Media(.inline(type: "text/plain", base64: Base64.encode(text.utf8)))
        case "url": return Media(.url(try required("url", of: source, at: place)))
        case "file": return Media(.upload(id: try required("file_id", of: source, at: place)))
        default: return nil
        }
    }

    private func required(_ key: String, of object: JSONElement, at place: String) throws(GatewayError) -> String {
        try (object[key] ?? object).wanted(\.string, "a string", at: "\(place).\(key)")
    }

    /// Keeps the members of `object` that no other dialect has a word for.
    private mutating func note(_ object: JSONElement, besides known: [String], at place: String) {
        for member in object.members where !member.value.isNull {
            let name = member.name
            if name == "type" || name == "cache_control" || known.contains(name) { continue }
            if member.value.kind == .array, !member.value.hasElements { continue }
            extras.append(.init(name: "\(place).\(name)", value: JSONText(member.value)))
        }
    }
}

extension ContentPart {
    var isToolResult: Bool {
        if case .toolResult = content { true } else { false }
    }
}
