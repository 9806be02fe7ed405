import NIOCore

/// Reads a request of OpenAI's Responses, and refuses what OpenAI refuses. The mock stores no response.
struct MockResponsesRequest: Sendable, Equatable {
    /// OpenAI takes no smaller limit here.
    static let leastTokens = 16

    private(set) var prompt = MockPrompt()
    /// The request itself: a response repeats much of it.
    let json: MockJSON
    /// Ids of calls that no output has answered yet.
    private var openCalls: [String] = []

    /// Throws also for a conversation kept on the server, of which this mock has none.
    init(body: ByteBuffer) throws(MockProviderError) {
        json = try MockJSON(body: body)
        prompt.model = try json.string("model") ?? ""
        guard !prompt.model.isEmpty else { throw MockJSON.missing("model") }
        if let previous = try json.string("previous_response_id") {
            throw MockProviderError(
                .previousResponse, "Previous response with id '\(previous)' not found.",
                param: "previous_response_id")
        }
        prompt.isStreamed = try json.boolean("stream") ?? false
        try readLimit()
        if let parallel = try json.boolean("parallel_tool_calls") { prompt.allowsParallelCalls = parallel }
        if let choice = json.given("tool_choice") { prompt.toolChoice = try MockPrompt.chatToolChoice(choice) }
        try readTools()
        try readFormat()
        if let reasoning = try json.object("reasoning") {
            let isShown = reasoning.given("summary") != nil
            prompt.thinking = reasoning.given("effort")?.text == "none" ? .none : isShown ? .shown : .hidden
        }
        let drawn = (json.members ?? []).filter {
            MockOpenAIModel.isDrawing($0.key) && MockOpenAIModel.asks($0.value, of: $0.key)
        }
        try MockOpenAIModel(prompt.model).check(
            drawing: drawn.map(\.key), effort: json["reasoning"]?["effort"]?.text)
        prompt.promptBytes += try json.string("instructions")?.utf8.count ?? 0
        try readInput()
    }

    /// Whether a thought comes with its content in encrypted form, for clients that keep the conversation themselves.
    var includesEncrypted: Bool {
        json["include"]?.elements?.contains("reasoning.encrypted_content") == true
    }

    private mutating func readLimit() throws(MockProviderError) {
        guard let limit = try json.count("max_output_tokens", least: 0) else { return }
        guard limit >= Self.leastTokens else {
            throw MockProviderError(
                .belowMinimum,
                "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= \(Self.leastTokens), "
                    + "but got \(limit) instead.",
                param: "max_output_tokens")
        }
        prompt.tokenLimit = limit
    }

    private mutating func readTools() throws(MockProviderError) {
        for (index, tool) in (try json.array("tools") ?? []).enumerated() {
            guard let type = try tool.string("type", of: "tools[\(index)].") else {
                throw MockJSON.missing("tools[\(index)].type")
            }
            // The others run at the provider.
            guard type == "function" else { continue }
            guard let name = try tool.string("name", of: "tools[\(index)].") else {
                throw MockJSON.missing("tools[\(index)].name")
            }
            prompt.tools.append(MockTool(name: name, schema: tool.given("parameters")))
        }
    }

    private mutating func readFormat() throws(MockProviderError) {
        guard let format = try json.object("text")?.object("format", of: "text.") else { return }
        switch try format.string("type", of: "text.format.") {
        case "json_object": prompt.answerSchema = .object([])
        case "json_schema":
            guard try format.string("name", of: "text.format.") != nil else {
                throw MockJSON.missing("text.format.name")
            }
            guard let schema = try format.object("schema", of: "text.format.") else {
                throw MockJSON.missing("text.format.schema")
            }
            prompt.answerSchema = schema
        default: break
        }
    }

    private mutating func readInput() throws(MockProviderError) {
        guard let input = json.given("input") else { throw MockJSON.missing("input") }
        if let text = input.text {
            prompt.lastUserText = text
            prompt.promptBytes += text.utf8.count
            return
        }
        guard let items = input.elements else {
            throw MockJSON.wrong("input", expected: "a string or an array", input)
        }
        guard !items.isEmpty else { throw MockJSON.missing("input") }
        for (index, item) in items.enumerated() { try read(item, at: "input[\(index)]") }
        if let call = openCalls.first {
            throw MockProviderError(
                .invalidValue, "No tool output found for function call \(call).", param: "input")
        }
    }

    private mutating func read(_ item: MockJSON, at place: String) throws(MockProviderError) {
        prompt.endsWithToolResult = false
        switch try item.string("type", of: place + ".") ?? "message" {
        case "message":
            guard let role = try item.string("role", of: place + ".") else { throw MockJSON.missing(place + ".role") }
            guard let content = item.given("content") else { throw MockJSON.missing(place + ".content") }
            let text = try readContent(content, at: place + ".content")
            if role == "user" { prompt.lastUserText = text }
        case "function_call":
            guard let call = try item.string("call_id", of: place + ".") else {
                throw MockJSON.missing(place + ".call_id")
            }
            guard MockJSON(text: try item.string("arguments", of: place + ".") ?? "") != nil else {
                throw MockProviderError(
                    .invalidValue, "Invalid '\(place).arguments': not JSON.", param: place + ".arguments")
            }
            openCalls.append(call)
        case "function_call_output":
            let call = try item.string("call_id", of: place + ".") ?? ""
            guard openCalls.contains(call) else {
                throw MockProviderError(
                    .invalidValue, "No tool call found for function call output with call_id \(call).", param: "input")
            }
            openCalls.removeAll { $0 == call }
            guard let output = item.given("output") else { throw MockJSON.missing(place + ".output") }
            _ = try readContent(output, at: place + ".output")
            prompt.endsWithToolResult = true
        case "reasoning": try checkReasoning(item, at: place)
        case "item_reference":
            let name = try item.string("id", of: place + ".") ?? ""
            throw MockProviderError(.invalidValue, "Item with id '\(name)' not found.", param: "input", status: 404)
        default: break
        }
    }

    private func checkReasoning(_ item: MockJSON, at place: String) throws(MockProviderError) {
        guard let content = try item.string("encrypted_content", of: place + "."),
            !MockSignature.isValid(content, for: nil)
        else { return }
        throw MockProviderError(
            .encryptedContent, "The encrypted content could not be verified.", param: place + ".encrypted_content")
    }

    /// Counts a string or parts. Answers their text.
    private mutating func readContent(_ content: MockJSON, at place: String) throws(MockProviderError) -> String {
        if let text = content.text {
            prompt.promptBytes += text.utf8.count
            return text
        }
        guard let parts = content.elements else {
            throw MockJSON.wrong(place, expected: "a string or an array", content)
        }
        var texts: [String] = []
        for (index, part) in parts.enumerated() {
            let place = "\(place)[\(index)]."
            switch try part.string("type", of: place) {
            case "input_text", "output_text": texts.append(try part.string("text", of: place) ?? "")
            case "refusal": texts.append(try part.string("refusal", of: place) ?? "")
            case "input_image", "input_file", "input_audio": prompt.attachments += 1
            case let type:
                throw MockProviderError(
                    .invalidValue, "Invalid value: '\(type ?? "")'. Supported values are: 'input_text', 'input_image', "
                        + "'output_text', 'refusal' and 'input_file'.",
                    param: place + "type")
            }
        }
        let text = texts.joined(separator: "\n")
        prompt.promptBytes += text.utf8.count
        return text
    }
}
