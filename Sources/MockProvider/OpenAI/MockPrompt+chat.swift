extension MockPrompt {
    /// Reads one field of a chat request that most requests do not have.
    mutating func readChat(_ field: MockJSON) throws(MockProviderError) {
        if let tools = try field.array("tools") { try readChatTools(tools) }
        if let choice = field.given("tool_choice") { toolChoice = try Self.chatToolChoice(choice) }
        if let parallel = try field.boolean("parallel_tool_calls") { allowsParallelCalls = parallel }
        if let format = try field.object("response_format") { try readChatFormat(format) }
        if let stop = field.given("stop") {
            if let text = stop.text { stopSequences = [text] } else { stopSequences = try field.strings("stop") }
        }
        if let effort = try field.string("reasoning_effort") { thinking = effort == "none" ? .none : .hidden }
    }

    private mutating func readChatTools(_ elements: [MockJSON]) throws(MockProviderError) {
        for (index, tool) in elements.enumerated() {
            guard try tool.string("type", of: "tools[\(index)].") != "custom" else { continue }
            guard let function = try tool.object("function", of: "tools[\(index)]."),
                let name = try function.string("name", of: "tools[\(index)].function.")
            else { throw MockJSON.missing("tools[\(index)].function.name") }
            tools.append(MockTool(name: name, schema: function.given("parameters")))
        }
    }

    /// `auto`, `none`, `required`, or one function by its name.
    static func chatToolChoice(_ choice: MockJSON) throws(MockProviderError) -> MockToolChoice {
        switch choice.text {
        case "auto": return .automatic
        case "none": return .never
        case "required": return .required
        default: break
        }
        if let name = (choice.given("function") ?? choice).given("name")?.text { return .named([name]) }
        if choice.given("type")?.text == "allowed_tools" { return .automatic }
        throw MockProviderError(
            .invalidValue, "'tool_choice' must be auto, none, required or a function.", param: "tool_choice")
    }

    private mutating func readChatFormat(_ format: MockJSON) throws(MockProviderError) {
        switch try format.string("type", of: "response_format.") {
        case "json_object": answerSchema = .object([])
        case "json_schema":
            guard let schema = try format.object("json_schema", of: "response_format.") else {
                throw MockJSON.missing("response_format.json_schema")
            }
            answerSchema = schema.given("schema") ?? .object([])
        default: break
        }
    }
}
