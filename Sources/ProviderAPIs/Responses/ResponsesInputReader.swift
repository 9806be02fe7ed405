internal import GatewayCore

/// Reads the `input` of a request. What the model made is one turn, however many items it has.
struct ResponsesInputReader {
    private(set) var messages: [Message] = []
    private var output = ResponsesOutputReader()
    /// The names of tools by the ids of their calls, for dialects that know results by name.
    private var names: [String: String] = [:]

    /// - Throws: `invalidRequest` with the item at fault.
    mutating func read(_ input: JSONElement) throws(GatewayError) {
        if let text = input.string { return messages.append(Message(.user, [.text(text)])) }
        guard input.kind == .array else { throw .unreadable("input", "a string or an array of items", input) }
        for (index, item) in input.elements.enumerated() { try read(item, at: "input[\(index)]") }
    }

    private mutating func read(_ item: JSONElement, at place: String) throws(GatewayError) {
        guard item.kind == .object else { throw .unreadable(place, "an item", item) }
        switch item["type"]?.string {
        case nil where item["role"] == nil && item["id"] != nil: throw Self.reference(place)
        case "item_reference": throw Self.reference(place)
        case "message", nil: try readMessage(item, at: place)
        case "function_call":
            let name = try required("name", of: item, at: place)
            names[try required("call_id", of: item, at: place)] = name
            _ = try required("arguments", of: item, at: place)
            append(output.parts(of: item))
        case "function_call_output": try readResult(item, at: place)
        case .some(let type):
            let parts = output.parts(of: item)
            if ResponsesItems.isGiven(type) { messages.append(Message(.user, parts)) } else { append(parts) }
        }
    }

    private mutating func readMessage(_ item: JSONElement, at place: String) throws(GatewayError) {
        guard let role = item["role"]?.string.flatMap(Message.Role.init), role != .tool else {
            throw .unreadable(
                "\(place).role", "one of user, assistant, system, developer", item["role"] ?? item)
        }
        guard let content = item["content"], content.kind == .string || content.kind == .array else {
            throw .unreadable("\(place).content", "a string or an array of parts", item["content"] ?? item)
        }
        if role == .assistant { return append(ResponsesOutputReader.spoken(content)) }
        messages.append(Message(role, try parts(content, at: "\(place).content")))
    }

    private mutating func readResult(_ item: JSONElement, at place: String) throws(GatewayError) {
        let id = try required("call_id", of: item, at: place)
        guard let said = item["output"], said.kind == .string || said.kind == .array else {
            throw .unreadable("\(place).output", "a string or an array of parts", item["output"] ?? item)
        }
        let result = ToolResult(
            callID: id, name: names[id] ?? item["name"]?.string, parts: try parts(said, at: "\(place).output"))
        messages.append(Message(.tool, [ContentPart(.toolResult(result))]))
    }

    /// Adds to the turn of the model that is at hand, or opens one.
    private mutating func append(_ parts: [ContentPart]) {
        guard !parts.isEmpty else { return }
        if let last = messages.indices.last, messages[last].role == .assistant {
            messages[last].parts += parts
        } else {
            messages.append(Message(.assistant, parts))
        }
    }

    // MARK: - Parts

    private func parts(_ content: JSONElement, at place: String) throws(GatewayError) -> [ContentPart] {
        if let text = content.string { return [.text(text)] }
        var parts: [ContentPart] = []
        for element in content.elements {
            let part = try self.content(of: element, at: "\(place)[\(parts.count)]")
            parts.append(ContentPart(part, cacheMark: Self.cacheMark(of: element)))
        }
        return parts
    }

    private func content(of part: JSONElement, at place: String) throws(GatewayError) -> ContentPart.Content {
        switch part["type"]?.string {
        case "input_text", "output_text", "text": return .text(try required("text", of: part, at: place))
        case "refusal": return .refusal(try required("refusal", of: part, at: place))
        case "input_image":
            let detail = part["detail"]?.string
            if let id = part["file_id"]?.string { return .image(Media(.upload(id: id), detail: detail)) }
            let url = try required("image_url", of: part, at: place)
            return .image(try Media(link: url, detail: detail, at: "\(place).image_url"))
        case "input_file":
            let name = part["filename"]?.string
            if let id = part["file_id"]?.string { return .file(Media(.upload(id: id), name: name)) }
            if let url = part["file_url"]?.string {
                return .file(try Media(link: url, name: name, at: "\(place).file_url"))
            }
            let data = try required("file_data", of: part, at: place)
            return .file(try Media(link: data, name: name, at: "\(place).file_data"))
        case "input_audio":
            guard let audio = part["input_audio"] else { throw .unreadable("\(place).input_audio", "an object", part) }
            let format = try required("format", of: audio, at: "\(place).input_audio")
            let data = try required("data", of: audio, at: "\(place).input_audio")
            return .audio(Media(.inline(type: "audio/\(format)", base64: data)))
        default: return .native(JSONText(part))
        }
    }

    private func required(_ key: String, of object: JSONElement, at place: String) throws(GatewayError) -> String {
        guard let text = object[key]?.string else {
            throw .unreadable("\(place).\(key)", "a string", object[key] ?? object)
        }
        return text
    }

    /// `prompt_cache_breakpoint`, whose half day is nearest to the longer of the two lifetimes other dialects know.
    private static func cacheMark(of part: JSONElement) -> CacheMark? {
        guard let mark = part["prompt_cache_breakpoint"], mark.kind == .object else { return nil }
        return CacheMark(lifetime: mark["ttl"]?.string == "12h" ? "1h" : nil)
    }

    private static func reference(_ place: String) -> GatewayError {
        GatewayError(
            .invalidRequest,
            "'\(place)' refers to an item by its id, which this gateway does not keep: send the item itself",
            parameter: place)
    }
}

extension Media {
    /// Reads an address, or the bytes themselves as a `data:` URL.
    fileprivate init(
        link: String, detail: String? = nil, name: String? = nil, at place: String
    ) throws(GatewayError) {
        guard link.prefix(5).lowercased() == "data:" else {
            // Bare base64 is no address; files came so before there were data URLs for them.
            let isAddress = link.utf8.contains(UInt8(ascii: ":"))
            let source = isAddress ? Source.url(link) : .inline(type: "application/pdf", base64: link)
            self.init(source, detail: detail, name: name)
            return
        }
        guard let media = Media(dataURL: link, detail: detail, name: name) else {
            throw GatewayError(
                .invalidRequest, "'\(place)' must be a data URL with base64, such as data:image/png;base64,…",
                parameter: place)
        }
        self = media
    }
}
