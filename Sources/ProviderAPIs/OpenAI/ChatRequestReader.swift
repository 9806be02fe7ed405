internal import GatewayCore

/// Reads a Chat Completions request whose outer form was checked.
///
/// Besides OpenAI's own members it takes those that servers of this dialect have in common: `top_k`, `thinking`,
/// `reasoning_content` and `thinking_blocks` of an assistant's turn, `cache_control` of parts and tools.
struct ChatRequestReader {
    private var conversation: Conversation
    private var messages = ChatMessageReader()

    /// - Throws: `invalidRequest` with the field that cannot be said in another dialect.
    static func read(_ root: JSONElement) throws(GatewayError) -> Conversation {
        var reader = ChatRequestReader(conversation: Conversation(model: root["model"]?.string ?? ""))
        for member in root.members where !member.value.isNull {
            let (name, value) = (member.name, member.value)
            if try reader.takeContent(name, value) { continue }
            if try reader.takeTools(name, value) { continue }
            if try reader.takeSampling(name, value) { continue }
            reader.conversation.extras.append(.init(name: name, value: JSONText(value)))
        }
        if root.asksForFunctions {
            reader.conversation.usesFunctions = true
            reader.conversation.allowsParallelCalls = false
        }
        return reader.conversation
    }

    private mutating func takeContent(_ name: String, _ value: JSONElement) throws(GatewayError) -> Bool {
        switch name {
        case "model": return true
        case "messages":
            for (index, message) in value.elements.enumerated() {
                conversation.messages.append(try messages.read(message, at: "messages[\(index)]"))
            }
        case "stream": conversation.isStream = value.bool ?? false
        case "stream_options": conversation.wantsStreamUsage = value["include_usage"]?.bool ?? false
        case "response_format": conversation.format = try format(value)
        case "max_completion_tokens": conversation.maxTokens = try value.wanted(\.integer, "an integer", at: name)
        case "max_tokens":
            // The newer name wins where both stand.
            let limit = try value.wanted(\.integer, "an integer", at: name)
            conversation.maxTokens = conversation.maxTokens ?? limit
        case "stop": conversation.stop = try stop(value)
        case "n": conversation.choices = try value.wanted(\.integer, "an integer", at: name)
        case "user": conversation.user = conversation.user ?? value.string
        case "safety_identifier": conversation.user = value.string
        case "service_tier": conversation.serviceTier = value.string
        case "extras":
            // As the gateway itself spells them.
            for member in value.members {
                conversation.extras.append(.init(name: member.name, value: JSONText(member.value)))
            }
        case "prompt_cache_key": conversation.cacheKey = value.string
        default: return false
        }
        return true
    }

    private mutating func takeTools(_ name: String, _ value: JSONElement) throws(GatewayError) -> Bool {
        switch name {
        case "tools":
            for (index, tool) in value.elements.enumerated() {
                conversation.tools.append(try self.tool(tool, at: "tools[\(index)]"))
            }
        case "functions":
            for (index, function) in value.elements.enumerated() {
                conversation.tools.append(.function(try self.function(function, at: "functions[\(index)]")))
            }
        case "tool_choice", "function_call": conversation.toolChoice = try choice(value, at: name)
        case "parallel_tool_calls": conversation.allowsParallelCalls = value.bool
        default: return false
        }
        return true
    }

    private mutating func takeSampling(_ name: String, _ value: JSONElement) throws(GatewayError) -> Bool {
        switch name {
        case "temperature": conversation.sampling.temperature = try value.wanted(\.double, "a number", at: name)
        case "top_p": conversation.sampling.topP = try value.wanted(\.double, "a number", at: name)
        case "top_k": conversation.sampling.topK = try value.wanted(\.integer, "an integer", at: name)
        case "seed": conversation.sampling.seed = try value.wanted(\.integer, "an integer", at: name)
        case "presence_penalty":
            conversation.sampling.presencePenalty = try value.wanted(\.double, "a number", at: name)
        case "frequency_penalty":
            conversation.sampling.frequencyPenalty = try value.wanted(\.double, "a number", at: name)
        case "logit_bias": conversation.sampling.logitBias = value.hasElements ? JSONText(value) : nil
        case "logprobs": conversation.sampling.logprobs = try value.wanted(\.bool, "a boolean", at: name)
        case "top_logprobs": conversation.sampling.topLogprobs = try value.wanted(\.integer, "an integer", at: name)
        case "reasoning_effort":
            guard let effort = value.string.flatMap(ReasoningRequest.Effort.init) else {
                throw .unreadable(name, "one of \(ReasoningRequest.Effort.allCases.map(\.rawValue))", value)
            }
            conversation.reasoning = conversation.reasoning ?? ReasoningRequest()
            conversation.reasoning?.effort = effort
        case "thinking": takeThinking(value)
        default: return false
        }
        return true
    }

    private mutating func takeThinking(_ value: JSONElement) {
        var reasoning = conversation.reasoning ?? ReasoningRequest()
        if value["type"]?.string == "disabled" { reasoning.effort = ReasoningRequest.Effort.none }
        reasoning.budget = value["budget_tokens"]?.integer
        // As the gateway itself spells them.
        reasoning.isShown = value["shown"]?.bool
        reasoning.isEffortAlone = value["effort_alone"]?.bool ?? false
        conversation.reasoning = reasoning
    }

    private func stop(_ value: JSONElement) throws(GatewayError) -> [String] {
        if let one = value.string { return [one] }
        var texts: [String] = []
        for element in value.elements {
            texts.append(try element.wanted(\.string, "a string", at: "stop[\(texts.count)]"))
        }
        return texts
    }

    private func format(_ value: JSONElement) throws(GatewayError) -> AnswerFormat {
        switch value["type"]?.string {
        case "text": return .text
        case "json_object": return .json
        case "json_schema":
            let at = "response_format.json_schema"
            guard let said = value["json_schema"], let schema = said["schema"] else {
                throw .unreadable("\(at).schema", "an object", value["json_schema"] ?? value)
            }
            return .schema(
                SchemaFormat(
                    name: said["name"]?.string, description: said["description"]?.string, schema: JSONText(schema),
                    isStrict: said["strict"]?.bool))
        default:
            throw .unreadable("response_format.type", "one of text, json_object, json_schema", value["type"] ?? value)
        }
    }

    private func tool(_ value: JSONElement, at place: String) throws(GatewayError) -> Tool {
        guard value["type"]?.string ?? "function" == "function" else { return .native(JSONText(value)) }
        guard let said = value["function"] else { throw .unreadable("\(place).function", "an object", value) }
        var function = try function(said, at: "\(place).function")
        function.cacheMark = CacheMark(value["cache_control"])
        return .function(function)
    }

    private func function(_ value: JSONElement, at place: String) throws(GatewayError) -> FunctionTool {
        guard let name = value["name"]?.string else { throw .unreadable("\(place).name", "a string", value) }
        let parameters = value["parameters"].flatMap { $0.isNull ? nil : JSONText($0) }
        return FunctionTool(
            name: name, description: value["description"]?.string, parameters: parameters,
            isStrict: value["strict"]?.bool)
    }

    private func choice(_ value: JSONElement, at place: String) throws(GatewayError) -> ToolChoice {
        switch value.string {
        case "auto": return .auto
        case "required": return .required
        case "none": return ToolChoice.none
        case .some: throw .unreadable(place, "one of auto, required, none", value)
        case nil: break
        }
        if let name = (value["function"]?["name"] ?? value["name"])?.string { return .function(name) }
        return .native(JSONText(value))
    }
}

extension JSONElement {
    /// The value as another type, or the mistake.
    func wanted<Value>(
        _ path: KeyPath<JSONElement, Value?>, _ expected: String, at place: String
    ) throws(GatewayError) -> Value {
        guard let value = self[keyPath: path] else { throw .unreadable(place, expected, self) }
        return value
    }
}

extension GatewayError {
    /// What stands in a request cannot be understood.
    static func unreadable(_ place: String, _ expected: String, _ found: JSONElement) -> GatewayError {
        GatewayError(.invalidRequest, "'\(place)' must be \(expected), found \(found.kind)", parameter: place)
    }
}

extension CacheMark {
    /// Reads `cache_control`; nil without one.
    init?(_ element: JSONElement?) {
        guard let element, element.kind == .object else { return nil }
        self.init(lifetime: element["ttl"]?.string)
    }
}
