internal import GatewayCore
internal import NIOCore

/// Reads a Messages request.
///
/// Members that no other dialect has stay in the extras by their path, such as `messages[0].content[1].citations`:
/// requests that differ in one never look alike, and a translation that leaves it out can name it.
struct MessagesRequestReader {
    private var conversation: Conversation
    private var content = MessagesContentReader()
    private var system: [ContentPart] = []
    private var thinking: JSONElement?
    private var effort: String?

    /// - Parameter isCount: for counting its tokens, which needs no `max_tokens`.
    /// - Throws: `invalidRequest` with the field at fault.
    static func read(
        _ root: JSONElement, headers: [(name: String, value: String)], isCount: Bool = false
    ) throws(GatewayError) -> Conversation {
        guard let model = root["model"] else { throw .missing("model", "the name of a model") }
        var reader = MessagesRequestReader(
            conversation: Conversation(model: try model.wanted(\.string, "a string", at: "model")))
        reader.conversation.wantsStreamUsage = true
        for member in root.members where !member.value.isNull {
            let (name, value) = (member.name, member.value)
            if try reader.takeContent(name, value) { continue }
            if try reader.takeTools(name, value) { continue }
            if try reader.takeForm(name, value) { continue }
            reader.note(name, value)
        }
        return try reader.finished(headers: headers, isCount: isCount)
    }

    private mutating func finished(
        headers: [(name: String, value: String)], isCount: Bool
    ) throws(GatewayError) -> Conversation {
        guard !conversation.messages.isEmpty else { throw .missing("messages", "at least one message") }
        if conversation.maxTokens == nil, !isCount {
            throw .missing("max_tokens", "the most tokens the answer may have")
        }
        if !system.isEmpty { conversation.messages.insert(Message(.system, system), at: 0) }
        takeReasoning()
        let betas = headers.filter { $0.name.lowercased() == AnthropicHeaders.beta }.map(\.value)
        if !betas.isEmpty {
            conversation.betas = betas.joined(separator: ",")
            var json = JSONWriter()
            json.string(betas.joined(separator: ","))
            conversation.extras.append(.init(name: AnthropicHeaders.beta, value: JSONText(valid: json.bytes)))
        }
        return conversation
    }

    private mutating func note(_ name: String, _ value: JSONElement) {
        conversation.extras.append(.init(name: name, value: JSONText(value)))
    }

    private mutating func takeContent(_ name: String, _ value: JSONElement) throws(GatewayError) -> Bool {
        switch name {
        case "model": return true
        case "system":
            system = try content.parts(value, at: name)
        case "messages":
            guard value.kind == .array else { throw .unreadable(name, "an array", value) }
            for (index, message) in value.elements.enumerated() {
                conversation.messages += try content.read(message, at: "messages[\(index)]")
            }
        default: return false
        }
        conversation.extras += content.takeExtras()
        return true
    }

    private mutating func takeTools(_ name: String, _ value: JSONElement) throws(GatewayError) -> Bool {
        switch name {
        case "tools":
            guard value.kind == .array else { throw .unreadable(name, "an array", value) }
            for (index, tool) in value.elements.enumerated() {
                conversation.tools.append(try self.tool(tool, at: "tools[\(index)]"))
            }
        case "tool_choice": try takeChoice(value)
        default: return false
        }
        return true
    }

    private mutating func tool(_ value: JSONElement, at place: String) throws(GatewayError) -> Tool {
        guard value.kind == .object else { throw .unreadable(place, "an object", value) }
        let type = value["type"].flatMap { $0.isNull ? nil : $0 }
        guard type == nil || type?.string == "custom" else { return .native(JSONText(value)) }
        var tool = FunctionTool(
            name: try (value["name"] ?? value).wanted(\.string, "a string", at: "\(place).name"),
            description: value["description"]?.string)
        for member in value.members where !member.value.isNull {
            switch member.name {
            case "name", "description", "type": continue
            case "input_schema":
                guard member.value.kind == .object else {
                    throw .unreadable("\(place).input_schema", "an object", member.value)
                }
                tool.parameters = JSONText(member.value)
            case "strict": tool.isStrict = member.value.bool
            case "cache_control": tool.cacheMark = CacheMark(member.value)
            default: note("\(place).\(member.name)", member.value)
            }
        }
        return .function(tool)
    }

    private mutating func takeChoice(_ value: JSONElement) throws(GatewayError) {
        switch value["type"]?.string {
        case "auto": conversation.toolChoice = .auto
        case "any": conversation.toolChoice = .required
        case "none": conversation.toolChoice = ToolChoice.none
        case "tool":
            guard let name = value["name"]?.string else { throw .unreadable("tool_choice.name", "a string", value) }
            conversation.toolChoice = .function(name)
        case .some: conversation.toolChoice = .native(JSONText(value))
        case nil: throw .unreadable("tool_choice.type", "one of auto, any, tool, none", value["type"] ?? value)
        }
        if let isDisabled = value["disable_parallel_tool_use"]?.bool { conversation.allowsParallelCalls = !isDisabled }
    }

    private mutating func takeForm(_ name: String, _ value: JSONElement) throws(GatewayError) -> Bool {
        switch name {
        case "max_tokens":
            let limit = try value.wanted(\.integer, "a whole number", at: name)
            guard limit >= 0 else { throw .unreadable(name, "0 or more", value) }
            conversation.maxTokens = limit
        case "stream": conversation.isStream = try value.wanted(\.bool, "a boolean", at: name)
        case "stop_sequences":
            guard value.kind == .array else { throw .unreadable(name, "an array of strings", value) }
            for (index, text) in value.elements.enumerated() {
                conversation.stop.append(try text.wanted(\.string, "a string", at: "\(name)[\(index)]"))
            }
        case "temperature": conversation.sampling.temperature = try value.wanted(\.double, "a number", at: name)
        case "top_p": conversation.sampling.topP = try value.wanted(\.double, "a number", at: name)
        case "top_k": conversation.sampling.topK = try value.wanted(\.integer, "a whole number", at: name)
        case "metadata":
            conversation.user = value["user_id"]?.string
            for member in value.members where !member.hasName("user_id") && !member.value.isNull {
                note("metadata.\(member.name)", member.value)
            }
        case "service_tier": conversation.serviceTier = value.string == "standard_only" ? "default" : value.string
        case "thinking": thinking = value
        case "output_config": try takeOutput(value)
        // Its name while structured outputs were tried out.
        case "output_format": conversation.format = try format(value, at: name)
        default: return false
        }
        return true
    }

    private mutating func takeOutput(_ value: JSONElement) throws(GatewayError) {
        for member in value.members where !member.value.isNull {
            switch member.name {
            case "format": conversation.format = try format(member.value, at: "output_config.format")
            case "effort": effort = try member.value.wanted(\.string, "a string", at: "output_config.effort")
            default: note("output_config.\(member.name)", member.value)
            }
        }
    }

    private func format(_ value: JSONElement, at place: String) throws(GatewayError) -> AnswerFormat {
        guard value["type"]?.string == "json_schema" else {
            throw .unreadable("\(place).type", "json_schema", value["type"] ?? value)
        }
        guard let schema = value["schema"], schema.kind == .object else {
            throw .unreadable("\(place).schema", "an object", value["schema"] ?? value)
        }
        return .schema(SchemaFormat(schema: JSONText(schema)))
    }

    /// Joins `thinking` and `output_config.effort`, which mean one thing in other dialects.
    private mutating func takeReasoning() {
        let known = effort.flatMap(ReasoningRequest.Effort.init)
        var unused = known == nil ? effort : nil
        if let thinking {
            var reasoning = ReasoningRequest(effort: known, isShown: Self.isShown(thinking["display"]?.string))
            switch thinking["type"]?.string {
            case "enabled": reasoning.budget = thinking["budget_tokens"]?.integer
            case "adaptive": break
            case "disabled":
                // An effort beside it is about the words alone.
                (unused, reasoning.effort) = (effort, ReasoningRequest.Effort.none)
            default: note("thinking", thinking)
            }
            conversation.reasoning = reasoning
        } else if let known {
            conversation.reasoning = ReasoningRequest(effort: known, isEffortAlone: true)
        }
        guard let unused else { return }
        var json = JSONWriter()
        json.string(unused)
        conversation.extras.append(.init(name: "output_config.effort", value: JSONText(valid: json.bytes)))
    }

    private static func isShown(_ display: String?) -> Bool? {
        switch display {
        case "summarized": true
        case "omitted": false
        default: nil
        }
    }
}

extension GatewayError {
    fileprivate static func missing(_ place: String, _ expected: String) -> GatewayError {
        GatewayError(.invalidRequest, "'\(place)' is required: \(expected)", parameter: place)
    }
}
