/// Reads a request of Amazon Bedrock's Converse, and refuses what Amazon refuses.
struct MockConverseRequest: Sendable, Equatable {
    private(set) var prompt = MockPrompt()
    private var openCalls: [String] = []
    private var hasTools = false
    /// With a budget Claude wants the thoughts that led to calls back in front of them.
    private var mustThinkFirst = false
    /// Of the documents so far, in small letters.
    private var documentNames: Set<String> = []

    init(_ json: MockJSON, model: String) throws(MockProviderError) {
        prompt.model = model
        if let settings = try json.object("inferenceConfig") {
            prompt.tokenLimit = try settings.count("maxTokens", of: "inferenceConfig.")
            prompt.stopSequences = try settings.strings("stopSequences", of: "inferenceConfig.")
        }
        try readTools(json)
        try readFormat(json)
        let more = try json.object("additionalModelRequestFields")
        let thinking = more?.given("thinking") ?? more?.given("reasoning_config")
        if let type = thinking?["type"]?.text, type != "disabled" { prompt.thinking = .shown }
        mustThinkFirst = thinking?["type"]?.text == "enabled"
        let claude = MockClaude(model)
        try claude.check(thinking: thinking?["type"]?.text)
        try claude.check(choice: prompt.toolChoice)
        try claude.check(schema: prompt.answerSchema == nil ? nil : "outputConfig.textFormat")
        for (index, block) in (try json.array("system") ?? []).enumerated() {
            _ = try read(block, at: "system.\(index)")
        }
        guard let messages = try json.array("messages"), !messages.isEmpty else {
            throw Self.invalid("A conversation must have at least one message. Try again with a message.")
        }
        var role = "assistant"
        for (index, message) in messages.enumerated() {
            let next = try message.string("role", of: "messages.\(index).") ?? ""
            guard next == "user" || next == "assistant" else {
                throw Self.invalid(
                    "Value '\(next)' at 'messages.\(index + 1).member.role' failed to satisfy constraint: Member must "
                        + "satisfy enum value set: [user, assistant]")
            }
            guard next != role else {
                throw Self.invalid(
                    index == 0
                        ? "A conversation must start with a user message. Try again with a conversation that starts "
                            + "with a user message."
                        : "A conversation must alternate between user and assistant roles. Make sure the "
                            + "conversation alternates between user and assistant roles and try again.")
            }
            role = next
            try read(message, role: role, at: "messages.\(index)")
        }
        try checkEnd(messages.last)
    }

    /// A Claude model does not go on from white space.
    private func checkEnd(_ message: MockJSON?) throws(MockProviderError) {
        guard prompt.model.contains("claude"), message?["role"]?.text == "assistant",
            message?["content"]?.elements?.last?.given("text")?.text?.last?.isWhitespace == true
        else { return }
        throw Self.invalid("messages: final assistant content cannot end with trailing whitespace")
    }

    private mutating func checkDocument(_ document: MockJSON, at place: String) throws(MockProviderError) {
        guard let name = document.given("name")?.text else { throw MockJSON.missing(place + ".document.name") }
        guard documentNames.insert(name.lowercased()).inserted else {
            throw Self.invalid("Your request contains duplicate document names. Use unique names, found: \(name)")
        }
    }

    private static func invalid(_ message: String) -> MockProviderError {
        MockProviderError(.invalidValue, message)
    }

    private mutating func readTools(_ json: MockJSON) throws(MockProviderError) {
        guard let configuration = try json.object("toolConfig") else { return }
        hasTools = true
        for (index, tool) in (try configuration.array("tools", of: "toolConfig.") ?? []).enumerated() {
            guard let specification = tool.given("toolSpec") else { continue }
            let place = "toolConfig.tools.\(index).toolSpec"
            guard let name = try specification.string("name", of: place + ".") else {
                throw MockJSON.missing(place + ".name")
            }
            guard let schema = specification.given("inputSchema")?.given("json") else {
                throw MockJSON.missing(place + ".inputSchema.json")
            }
            prompt.tools.append(MockTool(name: name, schema: schema))
        }
        guard let choice = try configuration.object("toolChoice", of: "toolConfig.") else { return }
        if choice.given("any") != nil { prompt.toolChoice = .required }
        if let name = choice.given("tool")?.given("name")?.text { prompt.toolChoice = .named([name]) }
    }

    /// The schema is a text here.
    private mutating func readFormat(_ json: MockJSON) throws(MockProviderError) {
        guard let format = try json.object("outputConfig")?.object("textFormat", of: "outputConfig.") else { return }
        let text = format.given("structure")?.given("jsonSchema")?.given("schema")?.text ?? ""
        guard let schema = MockJSON(text: text), schema.members != nil else {
            throw Self.invalid("outputConfig.textFormat.structure.jsonSchema.schema: not a JSON schema")
        }
        prompt.answerSchema = schema
    }

    private mutating func read(_ message: MockJSON, role: String, at place: String) throws(MockProviderError) {
        guard let blocks = try message.array("content", of: place + "."), !blocks.isEmpty else {
            throw Self.invalid(
                "The content field in the Message object at \(place) is empty. Add a ContentBlock object to the "
                    + "content field and try again.")
        }
        let uses = blocks.compactMap { $0.given("toolUse")?.given("toolUseId")?.text }
        let results = blocks.compactMap { $0.given("toolResult")?.given("toolUseId")?.text }
        guard hasTools || uses.isEmpty && results.isEmpty else {
            throw Self.invalid("The toolConfig field must be defined when using toolUse and toolResult content blocks.")
        }
        let missing = openCalls.filter { !results.contains($0) }
        guard missing.isEmpty else {
            throw Self.invalid(
                "Expected toolResult blocks at \(place).content for the following Ids: "
                    + missing.joined(separator: ", "))
        }
        guard results.allSatisfy(openCalls.contains) else {
            throw Self.invalid(
                "The number of toolResult blocks at \(place).content exceeds the number of toolUse blocks of previous "
                    + "turn.")
        }
        openCalls = uses
        if mustThinkFirst, !uses.isEmpty, blocks.first?.given("reasoningContent") == nil {
            throw Self.invalid(
                "The model returned the following errors: \(place).content.0.type: Expected `thinking` or "
                    + "`redacted_thinking`, but found `tool_use`.")
        }
        var texts: [String] = []
        for (index, block) in blocks.enumerated() {
            if let text = try read(block, at: "\(place).content.\(index)") { texts.append(text) }
        }
        guard role == "user" else { return }
        prompt.endsWithToolResult = !results.isEmpty
        if !texts.isEmpty { prompt.lastUserText = texts.joined(separator: "\n") }
    }

    /// Answers the text of a text block.
    private mutating func read(_ block: MockJSON, at place: String) throws(MockProviderError) -> String? {
        if let text = try block.string("text", of: place + ".") {
            guard text.utf8.contains(where: { $0 > 0x20 }) else {
                throw Self.invalid("The text field in the ContentBlock object at \(place) is blank. Add text to the "
                    + "text field, and try again.")
            }
            prompt.promptBytes += text.utf8.count
            return text
        }
        if block.given("cachePoint") != nil {
            prompt.markedBytes = prompt.promptBytes
        } else if let result = block.given("toolResult") {
            for part in try result.array("content", of: place + ".toolResult.") ?? [] {
                prompt.promptBytes += (part["text"]?.text ?? part["json"]?.spacedText ?? "").utf8.count
                if let document = part.given("document") { try checkDocument(document, at: place) }
            }
        } else if let use = block.given("toolUse") {
            guard use.given("input")?.members != nil else {
                throw Self.invalid(
                    "The format of the value at \(place).toolUse.input is invalid. Provide a json object for the "
                        + "field and try again.")
            }
        } else if let reasoning = block.given("reasoningContent")?.given("reasoningText") {
            let text = reasoning["text"]?.text ?? ""
            guard MockSignature.isValid(reasoning["signature"]?.text ?? "", for: text) else {
                throw Self.invalid("\(place): Invalid `signature` in `thinking` block")
            }
        } else if let image = block.given("image") ?? block.given("document") ?? block.given("video") {
            prompt.attachments += 1
            if let document = block.given("document") { try checkDocument(document, at: place) }
            guard image.given("source")?.given("bytes").map({ MockBase64.decode($0.text ?? "!") != nil }) ?? true else {
                throw Self.invalid("\(place).image.source.bytes: invalid Base64")
            }
        } else if block.members?.isEmpty ?? true {
            throw Self.invalid("The ContentBlock object at \(place) must set one of the following keys: text, image, "
                + "document, toolUse, toolResult.")
        }
        return nil
    }
}
