internal import GatewayCore

extension GeminiRequestWriter {
    var hasFunctions: Bool {
        conversation.tools.contains { tool in
            if case .function = tool { true } else { false }
        }
    }

    mutating func writeTools(to json: inout JSONWriter) {
        let own = ownTools()
        guard hasFunctions || !own.isEmpty else { return dropChoice() }
        json.array("tools") { json in
            if hasFunctions {
                json.object { json in
                    json.array("functionDeclarations") { json in
                        for (index, tool) in conversation.tools.enumerated() {
                            if case .function(let function) = tool { write(function, index: index, to: &json) }
                        }
                    }
                }
            }
            for tool in own { json.json(tool) }
        }
        guard hasFunctions else { return dropChoice() }
        writeChoice(to: &json)
        if conversation.allowsParallelCalls == false { drop("parallel_tool_calls") }
    }

    /// Without functions there is nothing to choose.
    private mutating func dropChoice() {
        switch conversation.toolChoice {
        case .required, .function, .native: drop("tool_choice")
        case .auto, .some(.none), nil: break
        }
    }

    /// The client's tools that Google runs itself, in Google's own form; others are left out.
    private mutating func ownTools() -> [JSONText] {
        let known = ["googleSearch", "codeExecution", "urlContext", "googleMaps", "fileSearch", "computerUse"]
        var own: [JSONText] = []
        for (index, tool) in conversation.tools.enumerated() {
            guard case .native(let native) = tool else { continue }
            let members = native.element.map { Array($0.members) } ?? []
            if members.count == 1, known.contains(members[0].name) {
                own.append(native)
            } else {
                drop("tools[\(index)]")
            }
        }
        return own
    }

    private mutating func write(_ function: FunctionTool, index: Int, to json: inout JSONWriter) {
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
