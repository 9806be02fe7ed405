internal import GatewayCore

extension MessagesRequestWriter {
    mutating func writeTools(to json: inout JSONWriter) {
        var tools: [(index: Int, tool: Tool)] = []
        for (index, tool) in conversation.tools.enumerated() {
            if case .native(let native) = tool, !MessagesBlock.isOwnTool(native) {
                dropped.append("tools[\(index)]")
            } else {
                tools.append((index, tool))
            }
        }
        guard !tools.isEmpty else { return writeFormerTools(to: &json) }
        json.array("tools") { json in
            for (index, tool) in tools {
                switch tool {
                case .native(let native): json.json(native)
                case .function(let function): write(function, at: index, to: &json)
                }
            }
        }
        writeChoice(to: &json)
    }

    /// A conversation with calls in it must say what tools there were, also when none may be called any more.
    private func writeFormerTools(to json: inout JSONWriter) {
        var names: [String] = []
        for call in conversation.messages.flatMap(\.toolCalls) where !names.contains(call.name) {
            names.append(call.name)
        }
        guard !names.isEmpty else { return }
        json.array("tools") { for name in names { Self.write(FunctionTool(name: name), to: &$0) } }
        json.object("tool_choice") { $0.member("type", "none") }
    }

    /// Models that follow no schema refuse the word for it.
    private mutating func write(_ tool: FunctionTool, at index: Int, to json: inout JSONWriter) {
        var tool = tool
        if !generation.takesSchemas {
            if tool.isStrict == true { dropped.append("tools[\(index)].function.strict") }
            tool.isStrict = nil
        }
        Self.write(tool, to: &json)
    }

    private static func write(_ tool: FunctionTool, to json: inout JSONWriter) {
        let schema = tool.parameters.map { tool.isStrict == true ? MessagesSchema.adapted($0) : $0 }
        json.object {
            $0.member("name", tool.name)
            $0.member("description", tool.description)
            $0.member("input_schema", ArgumentsSchema.ofObject(schema))
            $0.member("strict", tool.isStrict)
            tool.cacheMark?.write(to: &$0)
        }
    }

    private mutating func writeChoice(to json: inout JSONWriter) {
        var type = "auto"
        var name: String?
        let choice = rules.toolChoice
        if choice != conversation.toolChoice { dropped.append("tool_choice") }
        switch choice {
        case .auto: break
        case .required: type = "any"
        case .some(.none): return json.object("tool_choice") { $0.member("type", "none") }
        case .function(let wanted): (type, name) = ("tool", wanted)
        case .native:
            dropped.append("tool_choice")
            guard conversation.allowsParallelCalls == false else { return }
        case nil:
            // To call several is what models do of their own.
            guard conversation.allowsParallelCalls == false else { return }
        }
        json.object("tool_choice") {
            $0.member("type", type)
            $0.member("name", name)
            $0.member("disable_parallel_tool_use", conversation.allowsParallelCalls.map { !$0 })
        }
    }
}
