internal import GatewayCore

extension BedrockRequestWriter {
    mutating func writeTools(to json: inout JSONWriter) {
        var functions: [(index: Int, tool: FunctionTool)] = []
        for (index, tool) in conversation.tools.enumerated() {
            if case .function(let function) = tool { functions.append((index, function)) } else {
                drop("tools[\(index)]")
            }
        }
        let called = calledNames
        // "Call none" has no word: without tools none is called. But a history with calls must have tools.
        if conversation.toolChoice == ToolChoice.none, called.isEmpty { return }
        let missing = called.filter { name in !functions.contains { $0.tool.name == name } }
        if functions.isEmpty, missing.isEmpty { return dropChoice() }
        json.object("toolConfig") { json in
            json.array("tools") { json in
                for (index, tool) in functions { write(tool, index: index, to: &json) }
                // Calls in the history need tools beside them: those that the client no longer names.
                if functions.isEmpty {
                    for name in missing { write(FunctionTool(name: name), index: 0, to: &json) }
                }
            }
            if !functions.isEmpty { writeChoice(to: &json) }
        }
        if !functions.isEmpty, conversation.forbidsParallelCalls { drop("parallel_tool_calls") }
    }

    /// The names of the tools that the history calls, each once.
    private var calledNames: [String] {
        var names: [String] = []
        for call in conversation.messages.lazy.flatMap(\.toolCalls) where !names.contains(call.name) {
            names.append(call.name)
        }
        return names
    }

    private mutating func dropChoice() {
        switch conversation.toolChoice {
        case .required, .function, .native: drop("tool_choice")
        case .auto, .some(.none), nil: break
        }
    }

    private mutating func write(_ tool: FunctionTool, index: Int, to json: inout JSONWriter) {
        let isStrict = tool.isStrict == true && model.takesSchemas && model.isClaude
        if tool.isStrict == true, !isStrict { drop("tools[\(index)].function.strict") }
        let schema = isStrict ? tool.parameters.map(MessagesSchema.adapted) : tool.parameters
        json.object { json in
            json.object("toolSpec") { json in
                json.member("name", tool.name)
                if let description = tool.description, !description.isEmpty { json.member("description", description) }
                json.object("inputSchema") { $0.member("json", ArgumentsSchema.ofObject(schema)) }
                if isStrict { json.member("strict", true) }
            }
        }
        if let mark = tool.cacheMark, model.keepsPrompts { json.object { mark.writePoint(to: &$0) } }
    }

    private mutating func writeChoice(to json: inout JSONWriter) {
        var choice = conversation.toolChoice
        if choice?.isForced == true, model.refusesForcedTools {
            drop("tool_choice")
            choice = .auto
        }
        switch choice {
        case .auto: json.object("toolChoice") { $0.object("auto") { _ in } }
        case .required: json.object("toolChoice") { $0.object("any") { _ in } }
        case .function(let name):
            json.object("toolChoice") { json in json.object("tool") { $0.member("name", name) } }
        case .some(.none), .native: drop("tool_choice")
        case nil: break
        }
    }
}
