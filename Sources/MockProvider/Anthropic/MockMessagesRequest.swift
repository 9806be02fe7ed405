import NIOCore

/// Reads a request of Anthropic's Messages, and refuses what Anthropic refuses.
struct MockMessagesRequest: Sendable, Equatable {
    private(set) var prompt = MockPrompt()
    /// Whether an assistant's turn with calls must begin with a thought.
    private var mustThinkFirst = false
    /// Ids of the calls that the next message must answer.
    private var openCalls: [String] = []

    /// - Parameter needsLimit: whether `max_tokens` must be there, as it must for an answer.
    init(body: ByteBuffer, needsLimit: Bool) throws(MockProviderError) {
        let json = try MockJSON(body: body)
        prompt.model = try json.string("model") ?? ""
        guard !prompt.model.isEmpty else { throw MockProviderError(.missingField, "model: Field required") }
        guard json.given("thread") == nil else {
            throw MockProviderError(.threadUnsupported, "thread: this mock keeps no conversations")
        }
        prompt.isStreamed = try json.boolean("stream") ?? false
        prompt.tokenLimit = try json.count("max_tokens", least: 0)
        guard prompt.tokenLimit != nil || !needsLimit else {
            throw MockProviderError(.missingField, "max_tokens: Field required")
        }
        prompt.stopSequences = try json.strings("stop_sequences")
        try readTools(json)
        let claude = MockClaude(prompt.model)
        try claude.check(choice: prompt.toolChoice)
        try claude.check(thinking: json["thinking"]?["type"]?.text)
        try readThinking(json)
        let format = try json.object("output_config")?.given("format") ?? json.given("output_format")
        let strict = json["tools"]?.elements?.firstIndex { $0.given("strict") != nil }
        try claude.check(schema: format != nil ? "output_config.format" : strict.map { "tools.\($0).custom.strict" })
        if let format { prompt.answerSchema = format.given("schema") ?? .object([]) }
        if let system = json.given("system") { _ = try readContent(system, at: "system") }
        guard let messages = try json.array("messages"), !messages.isEmpty else {
            throw MockProviderError(.missingField, "messages: at least one message is required")
        }
        for (index, message) in messages.enumerated() { try read(message, at: index) }
        guard openCalls.isEmpty else { throw Self.unanswered(openCalls, at: messages.count - 1) }
        if json.given("cache_control") != nil { prompt.markedBytes = prompt.promptBytes }
    }

    private mutating func readTools(_ json: MockJSON) throws(MockProviderError) {
        for (index, tool) in (try json.array("tools") ?? []).enumerated() {
            guard let name = try tool.string("name", of: "tools.\(index).") else {
                throw MockProviderError(.missingField, "tools.\(index).name: Field required")
            }
            let isOwn = tool.given("type").map { $0.text == "custom" } ?? true
            if isOwn, tool.given("input_schema") == nil {
                throw MockProviderError(.missingField, "tools.\(index).custom.input_schema: Field required")
            }
            if isOwn { prompt.tools.append(MockTool(name: name, schema: tool.given("input_schema"))) }
            mark(tool)
        }
        guard let choice = try json.object("tool_choice") else { return }
        switch try choice.string("type", of: "tool_choice.") {
        case "auto": prompt.toolChoice = .automatic
        case "any": prompt.toolChoice = .required
        case "none": prompt.toolChoice = .never
        case "tool": prompt.toolChoice = .named([try choice.string("name", of: "tool_choice.") ?? ""])
        default: throw MockProviderError(.invalidValue, "tool_choice.type: Input should be auto, any, tool or none")
        }
        prompt.allowsParallelCalls = try choice.boolean("disable_parallel_tool_use", of: "tool_choice.") != true
    }

    private mutating func readThinking(_ json: MockJSON) throws(MockProviderError) {
        guard let thinking = try json.object("thinking") else { return }
        let type = try thinking.string("type", of: "thinking.")
        guard type == "enabled" || type == "adaptive" || type == "between_tools" else { return }
        if type == "enabled" {
            let budget = try thinking.count("budget_tokens", of: "thinking.", least: 0) ?? 0
            guard budget >= 1024 else {
                throw MockProviderError(
                    .invalidValue, "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024")
            }
            if let limit = prompt.tokenLimit, budget >= limit {
                throw MockProviderError(.invalidValue, "`max_tokens` must be greater than `thinking.budget_tokens`.")
            }
            mustThinkFirst = true
        }
        switch prompt.toolChoice {
        case .required, .named:
            throw MockProviderError(
                .invalidValue, "Thinking may not be enabled when tool_choice forces tool use.")
        case .automatic, .never: break
        }
        if case .number(let text) = json.given("temperature"), Double(text) != 1 {
            throw MockProviderError(
                .invalidValue, "`temperature` may only be set to 1 when thinking is enabled.")
        }
        prompt.thinking = thinking.given("display")?.text == "omitted" ? .hidden : .shown
    }

    private mutating func read(_ message: MockJSON, at index: Int) throws(MockProviderError) {
        let place = "messages.\(index)"
        let role = try message.string("role", of: place + ".")
        guard role == "user" || role == "assistant" || role == "system" else {
            throw MockProviderError(.invalidValue, "\(place).role: Input should be 'user' or 'assistant'")
        }
        guard let content = message.given("content") else {
            throw MockProviderError(.missingField, "\(place).content: Field required")
        }
        let blocks = content.elements ?? []
        let results = blocks.filter { $0.given("type")?.text == "tool_result" }
        let answered = results.compactMap { $0.given("tool_use_id")?.text }
        if role == "user" || !openCalls.isEmpty {
            let missing = openCalls.filter { !answered.contains($0) }
            guard missing.isEmpty else { throw Self.unanswered(missing, at: index - 1) }
            if let stray = answered.first(where: { !openCalls.contains($0) }) {
                throw MockProviderError(
                    .invalidValue,
                    "\(place): unexpected `tool_use_id` found in `tool_result` blocks: \(stray). "
                        + "Each `tool_result` block must have a corresponding `tool_use` block in the previous "
                        + "message.")
            }
            openCalls = []
        }
        let text = try readContent(content, at: place + ".content")
        if role == "user" {
            prompt.endsWithToolResult = !results.isEmpty
            if !text.isEmpty { prompt.lastUserText = text }
        } else if role == "assistant" {
            openCalls = blocks.filter { $0.given("type")?.text == "tool_use" }.compactMap { $0.given("id")?.text }
            try checkThought(blocks, at: place)
        }
    }

    /// With thinking on, the API wants the thoughts that led to calls back in front of them.
    private func checkThought(_ blocks: [MockJSON], at place: String) throws(MockProviderError) {
        guard mustThinkFirst, !openCalls.isEmpty, let first = blocks.first?.given("type")?.text,
            first != "thinking", first != "redacted_thinking"
        else { return }
        throw MockProviderError(
            .invalidValue,
            "\(place).content.0.type: Expected `thinking` or `redacted_thinking`, but found `\(first)`.")
    }

    private static func unanswered(_ calls: [String], at index: Int) -> MockProviderError {
        MockProviderError(
            .invalidValue,
            "messages.\(index): `tool_use` ids were found without `tool_result` blocks immediately after: "
                + calls.joined(separator: ", "))
    }

    private mutating func mark(_ block: MockJSON) {
        if block.given("cache_control") != nil { prompt.markedBytes = prompt.promptBytes }
    }

    /// Counts a string or blocks. Answers their text.
    private mutating func readContent(_ content: MockJSON, at place: String) throws(MockProviderError) -> String {
        if let text = content.text {
            prompt.promptBytes += text.utf8.count
            return text
        }
        guard let blocks = content.elements else {
            throw MockProviderError(.invalidType, "\(place): Input should be a valid string or list")
        }
        var texts: [String] = []
        for (index, block) in blocks.enumerated() {
            if let text = try read(block, at: "\(place).\(index)") { texts.append(text) }
            mark(block)
        }
        return texts.joined(separator: "\n")
    }

    /// Answers the text of a text block.
    private mutating func read(_ block: MockJSON, at place: String) throws(MockProviderError) -> String? {
        switch try block.string("type", of: place + ".") {
        case "text":
            guard let text = try block.string("text", of: place + "."), !text.isEmpty else {
                throw MockProviderError(.invalidValue, "messages: text content blocks must be non-empty")
            }
            prompt.promptBytes += text.utf8.count
            return text
        case "image", "document":
            prompt.attachments += 1
            try Self.checkSource(block, at: place)
        case "thinking":
            let thought = try block.string("thinking", of: place + ".") ?? ""
            let signature = try block.string("signature", of: place + ".") ?? ""
            guard MockSignature.isValid(signature, for: thought.isEmpty ? nil : thought) else {
                throw MockProviderError(.invalidValue, "\(place): Invalid `signature` in `thinking` block")
            }
        case "tool_use":
            guard block.given("input")?.members != nil else {
                throw MockProviderError(.invalidType, "\(place).tool_use.input: Input should be a valid dictionary")
            }
        case "tool_result":
            if let content = block.given("content") { _ = try readContent(content, at: place + ".content") }
        case nil: throw MockProviderError(.missingField, "\(place).type: Field required")
        default: break
        }
        return nil
    }

    private static func checkSource(_ block: MockJSON, at place: String) throws(MockProviderError) {
        guard let source = try block.object("source", of: place + ".") else {
            throw MockProviderError(.missingField, "\(place).source: Field required")
        }
        guard source.given("type")?.text == "base64" else { return }
        let images: Set = ["image/jpeg", "image/png", "image/gif", "image/webp"]
        if block.given("type")?.text == "image", !images.contains(source.given("media_type")?.text ?? "") {
            throw MockProviderError(
                .invalidValue,
                "\(place).image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' "
                    + "or 'image/webp'")
        }
        guard MockBase64.decode(source.given("data")?.text ?? "=")?.isEmpty == false else {
            throw MockProviderError(.invalidValue, "\(place).source.base64.data: Invalid base64 data")
        }
    }
}
