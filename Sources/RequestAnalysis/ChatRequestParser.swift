import GatewayCore
import NIOCore

/// Reads the fields of a Chat Completions request that the gateway itself needs, and refuses what no provider
/// could answer. Everything else is the provider's to judge.
struct ChatRequestParser {
    let depthLimit: Int
    var needsMessage = true

    /// Reads a body that must be one JSON object without doubled members, of whatever API.
    func document(_ body: ByteBuffer) throws(GatewayError) -> JSONDocument {
        let document: JSONDocument
        do {
            document = try JSONDocument(body, depthLimit: depthLimit)
        } catch {
            throw GatewayError(.invalidJSON, "the body is not valid JSON: \(error)")
        }
        guard document.root.kind == .object else {
            throw GatewayError(.invalidRequest, "the body must be a JSON object, found \(document.root.kind)")
        }
        try refuseDoubledMembers(of: document.root)
        return document
    }

    func parse(_ body: ByteBuffer) throws(GatewayError) -> ChatRequest {
        let document = try document(body)
        let root = document.root
        let model = try requiredString("model", of: root)
        guard !model.isEmpty else { throw mistake("model", "must not be empty") }
        let isStream = try optionalBool("stream", of: root, parameter: "stream") ?? false
        let question = try question(in: root)
        return ChatRequest(
            document: document, model: model, isStream: isStream,
            wantsStreamUsage: try wantsStreamUsage(root), question: question)
    }

    /// Parsers differ in which of two equal keys they take, so a doubled key could mean one thing to the cache and
    /// another to the provider.
    private func refuseDoubledMembers(of root: JSONElement) throws(GatewayError) {
        var seen: Set<String> = []
        for member in root.members where !seen.insert(member.name).inserted {
            // The name is the sender's and may be as long as the body.
            throw mistake(String(member.name.prefix(64)), "stands twice in the body")
        }
    }

    private func wantsStreamUsage(_ root: JSONElement) throws(GatewayError) -> Bool {
        guard let options = root["stream_options"], !options.isNull else { return false }
        guard options.kind == .object else { throw wrongKind("stream_options", "an object", options) }
        return try optionalBool("include_usage", of: options, parameter: "stream_options.include_usage") ?? false
    }

    // MARK: - Messages

    private func question(in root: JSONElement) throws(GatewayError) -> ChatRequest.Question? {
        guard let messages = root["messages"] else { throw mistake("messages", "is missing") }
        guard messages.kind == .array else { throw wrongKind("messages", "an array", messages) }
        var last: JSONElement?
        var index = 0
        for message in messages.elements {
            try check(message, parameter: "messages[\(index)]")
            last = message
            index += 1
        }
        guard let last else {
            if needsMessage { throw mistake("messages", "must hold at least one message") }
            return nil
        }
        guard last["role"]?.string == "user", let content = last["content"] else { return nil }
        if let text = content.string { return ChatRequest.Question(text: text, element: content) }
        return onlyText(in: content)
    }

    /// The text of a content array that is one text part and nothing else.
    private func onlyText(in content: JSONElement) -> ChatRequest.Question? {
        var parts = content.elements
        guard let part = parts.next(), parts.next() == nil, part["type"]?.string == "text",
            let element = part["text"], let text = element.string
        else { return nil }
        return ChatRequest.Question(text: text, element: element)
    }

    private func check(_ message: JSONElement, parameter: String) throws(GatewayError) {
        guard message.kind == .object else { throw wrongKind(parameter, "an object", message) }
        guard let role = message["role"] else { throw mistake("\(parameter).role", "is missing") }
        guard let name = role.string else { throw wrongKind("\(parameter).role", "a string", role) }
        let known = ["system", "developer", "user", "assistant", "tool", "function"]
        guard known.contains(name) else {
            throw mistake("\(parameter).role", "must be one of \(known.joined(separator: ", "))")
        }
        guard let content = message["content"] else {
            if name == "assistant" { return }
            throw mistake("\(parameter).content", "is missing")
        }
        switch content.kind {
        case .string: return
        case .null where name == "assistant": return
        case .array: try checkParts(content, parameter: "\(parameter).content")
        default: throw wrongKind("\(parameter).content", "a string or an array of parts", content)
        }
    }

    private func checkParts(_ parts: JSONElement, parameter: String) throws(GatewayError) {
        var index = 0
        for part in parts.elements {
            guard part.kind == .object else { throw wrongKind("\(parameter)[\(index)]", "an object", part) }
            guard part["type"]?.kind == .string else {
                throw mistake("\(parameter)[\(index)].type", "must be a string")
            }
            index += 1
        }
    }

    // MARK: - Fields

    private func requiredString(_ key: String, of object: JSONElement) throws(GatewayError) -> String {
        guard let element = object[key] else { throw mistake(key, "is missing") }
        guard let string = element.string else { throw wrongKind(key, "a string", element) }
        return string
    }

    private func optionalBool(
        _ key: String, of object: JSONElement, parameter: String
    ) throws(GatewayError) -> Bool? {
        guard let element = object[key], !element.isNull else { return nil }
        guard let bool = element.bool else { throw wrongKind(parameter, "a boolean", element) }
        return bool
    }

    private func mistake(_ parameter: String, _ message: String) -> GatewayError {
        GatewayError(.invalidRequest, "'\(parameter)' \(message)", parameter: parameter)
    }

    private func wrongKind(_ parameter: String, _ expected: String, _ found: JSONElement) -> GatewayError {
        mistake(parameter, "must be \(expected), found \(found.kind)")
    }
}
