internal import GatewayCore

extension GeminiRequestWriter {
    mutating func writeTools(to json: inout JSONWriter) {
        // No client can say a tool of Google's own: those of other makers are left out.
        for (index, tool) in conversation.tools.enumerated() {
            if case .native = tool { drop("tools[\(index)]") }
        }
        guard conversation.hasFunctions else { return dropChoice() }
        json.array("tools") { json in
            json.object { json in
                json.array("functionDeclarations") { json in
                    for (index, tool) in conversation.tools.enumerated() {
                        if case .function(let function) = tool { write(function, index: index, to: &json) }
                    }
                }
            }
        }
        writeChoice(to: &json)
        if conversation.forbidsParallelCalls { drop("parallel_tool_calls") }
    }

    /// Without functions there is nothing to choose.
    private mutating func dropChoice() {
        switch conversation.toolChoice {
        case .required, .function, .native: drop("tool_choice")
        case .auto, .some(.none), nil: break
        }
    }

    private mutating func write(_ function: FunctionTool, index: Int, to json: inout JSONWriter) {
        if function.isStrict == true { drop("tools[\(index)].function.strict") }
        json.object { json in
            json.member("name", function.name)
            json.member("description", function.description)
            guard let parameters = function.parameters, let element = parameters.element else { return }
            if generation?.takesJSONSchema != false {
                json.member("parametersJsonSchema", ArgumentsSchema.ofObject(parameters))
                return
            }
            var reader = GeminiSchemaReader(root: element)
            let schema = reader.read()
            for word in reader.dropped { drop("tools[\(index)].function.parameters.\(word)") }
            // An object without properties is refused; a function without parameters is not.
            if schema.type == "OBJECT", schema.properties.isEmpty { return }
            json.key("parameters")
            schema.write(to: &json, keepsOrder: false)
        }
    }

    private mutating func writeChoice(to json: inout JSONWriter) {
        let mode: String
        var name: String?
        switch conversation.toolChoice {
        case .auto: mode = "AUTO"
        case .required: mode = "ANY"
        case .some(.none): mode = "NONE"
        case .function(let function): (mode, name) = ("ANY", function)
        case .native:
            drop("tool_choice")
            return
        case nil: return
        }
        json.object("toolConfig") { json in
            json.object("functionCallingConfig") { json in
                json.member("mode", mode)
                if let name { json.array("allowedFunctionNames") { $0.string(name) } }
            }
        }
    }
}
