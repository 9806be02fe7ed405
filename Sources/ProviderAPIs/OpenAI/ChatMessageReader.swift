internal import GatewayCore

/// Reads the messages of a Chat Completions request, one after the other.
struct ChatMessageReader {
    /// The names of tools by the ids of their calls, for dialects that know results by name.
    private var names: [String: String] = [:]
    /// The id given to the last `function_call`: this older form has none of its own.
    private var functionCallID: String?

    mutating func read(_ message: JSONElement, at place: String) throws(GatewayError) -> Message {
        let name = message["name"]?.string
        switch message["role"]?.string {
        case "system": return Message(.system, try parts(message, at: place), name: name)
        case "developer": return Message(.developer, try parts(message, at: place), name: name)
        case "user": return Message(.user, try parts(message, at: place), name: name)
        case "assistant": return Message(.assistant, try turn(message, at: place), name: name)
        case "tool", "function": return Message(.tool, [try result(message, at: place)])
        default: throw .unreadable("\(place).role", "a role of Chat Completions", message["role"] ?? message)
        }
    }

    /// What the model said: thoughts first, as providers that sign them demand, then text, then calls.
    private mutating func turn(_ message: JSONElement, at place: String) throws(GatewayError) -> [ContentPart] {
        var said = ChatThoughts.parts(of: message)
        said += try parts(message, at: place)
        if let refusal = message["refusal"]?.string { said.append(ContentPart(.refusal(refusal))) }
        // What the model said aloud, by its name at OpenAI.
        if let audio = message["audio"], audio.kind == .object {
            let part = JSONWriter.object { json in
                json.member("type", "audio")
                json.member("audio", JSONText(audio))
            }
            said.append(ContentPart(.native(JSONText(valid: part))))
        }
        if let calls = message["tool_calls"] {
            for (index, call) in calls.elements.enumerated() {
                said.append(ContentPart(.toolCall(try self.call(call, at: "\(place).tool_calls[\(index)]"))))
            }
        }
        if let function = message["function_call"], function.kind == .object {
            let id = "call_\(names.count)"
            functionCallID = id
            said.append(ContentPart(.toolCall(try call(id: id, function, at: "\(place).function_call"))))
        }
        return said
    }

    private mutating func call(_ value: JSONElement, at place: String) throws(GatewayError) -> ToolCall {
        guard let id = value["id"]?.string else { throw .unreadable("\(place).id", "a string", value) }
        let isCustom = value["type"]?.string == "custom"
        let key = isCustom ? "custom" : "function"
        guard let function = value[key] else { throw .unreadable("\(place).\(key)", "an object", value) }
        var call = try call(id: id, function, at: "\(place).\(key)")
        call.signature = value["extra_content"]?["google"]?["thought_signature"]?.string
        return call
    }

    private mutating func call(
        id: String, _ function: JSONElement, at place: String
    ) throws(GatewayError) -> ToolCall {
        guard let name = function["name"]?.string else { throw .unreadable("\(place).name", "a string", function) }
        names[id] = name
        return ToolCall(id: id, name: name, arguments: (function["arguments"] ?? function["input"])?.string ?? "")
    }

    private func result(_ message: JSONElement, at place: String) throws(GatewayError) -> ContentPart {
        let id = message["tool_call_id"]?.string ?? functionCallID
        guard let id else { throw .unreadable("\(place).tool_call_id", "a string", message) }
        let result = ToolResult(
            callID: id, name: message["name"]?.string ?? names[id], parts: try parts(message, at: place),
            isError: message["is_error"]?.bool ?? false)
        return ContentPart(.toolResult(result), cacheMark: CacheMark(message["cache_control"]))
    }

    private func parts(_ message: JSONElement, at place: String) throws(GatewayError) -> [ContentPart] {
        guard let content = message["content"] else { return [] }
        if let text = content.string {
            return [ContentPart(.text(text), cacheMark: CacheMark(message["cache_control"]))]
        }
        var parts: [ContentPart] = []
        for element in content.elements {
            let part = try self.content(of: element, at: "\(place).content[\(parts.count)]")
            parts.append(ContentPart(part, cacheMark: CacheMark(element["cache_control"])))
        }
        return parts
    }

    private func content(of part: JSONElement, at place: String) throws(GatewayError) -> ContentPart.Content {
        switch part["type"]?.string {
        case "text": return .text(try required("text", of: part, at: place))
        case "refusal": return .refusal(try required("refusal", of: part, at: place))
        case "image_url":
            let image = part["image_url"]
            guard let url = image?["url"]?.string ?? image?.string else {
                throw .unreadable("\(place).image_url.url", "a string", image ?? part)
            }
            return .image(try media(url, at: "\(place).image_url.url", detail: image?["detail"]?.string))
        case "input_audio":
            guard let audio = part["input_audio"] else { throw .unreadable("\(place).input_audio", "an object", part) }
            let format = try required("format", of: audio, at: "\(place).input_audio")
            let data = try required("data", of: audio, at: "\(place).input_audio")
            return .audio(Media(.inline(type: "audio/\(format)", base64: data)))
        case "file":
            guard let file = part["file"] else { throw .unreadable("\(place).file", "an object", part) }
            let name = file["filename"]?.string
            if let id = file["file_id"]?.string { return .file(Media(.upload(id: id), name: name)) }
            let data = try required("file_data", of: file, at: "\(place).file")
            return .file(try media(data, at: "\(place).file.file_data", name: name))
        default: return .native(JSONText(part))
        }
    }

    private func required(_ key: String, of object: JSONElement, at place: String) throws(GatewayError) -> String {
        guard let text = object[key]?.string else {
            throw .unreadable("\(place).\(key)", "a string", object[key] ?? object)
        }
        return text
    }

    private func media(
        _ url: String, at place: String, detail: String? = nil, name: String? = nil
    ) throws(GatewayError) -> Media {
        guard url.prefix(5).lowercased() == "data:" else { return Media(.url(url), detail: detail, name: name) }
        guard let media = Media(dataURL: url, detail: detail, name: name) else {
            throw GatewayError(
                .invalidRequest, "'\(place)' must be a data URL with base64, such as data:image/png;base64,…",
                parameter: place)
        }
        return media
    }
}
