internal import GatewayCore

/// Reads a request of the Responses API, which must be whole: the gateway keeps no state of a client's conversation
/// unless it was told to.
struct ResponsesRequestReader {
    private var conversation: Conversation
    private let takesPrevious: Bool

    /// - Parameter takesPrevious: whether `previous_response_id` is resolved by the caller.
    /// - Throws: `invalidRequest` with the field at fault.
    static func read(_ root: JSONElement, takesPrevious: Bool) throws(GatewayError) -> Conversation {
        guard let model = root["model"]?.string else {
            throw .unreadable("model", "a string", root["model"] ?? root)
        }
        var reader = ResponsesRequestReader(conversation: Conversation(model: model), takesPrevious: takesPrevious)
        try reader.readMessages(root)
        for member in root.members where !member.value.isNull {
            let (name, value) = (member.name, member.value)
            if try reader.takeState(name, value) { continue }
            if try reader.takeForm(name, value) { continue }
            if try reader.takeRest(name, value) { continue }
            reader.keep(name, value)
        }
        reader.conversation.wantsStreamUsage = reader.conversation.isStream
        return reader.conversation
    }

    /// What asks for no more than every provider does anyway is no parameter that one could lack.
    private static let habits = ["store": "false", "truncation": "\"disabled\"", "text.verbosity": "\"medium\""]

    private mutating func keep(_ name: String, _ value: JSONElement) {
        if Self.habits[name] == JSONText(value).description { return }
        conversation.extras.append(.init(name: name, value: JSONText(value)))
    }

    private mutating func readMessages(_ root: JSONElement) throws(GatewayError) {
        if let instructions = root["instructions"], !instructions.isNull {
            let text = try instructions.wanted(\.string, "a string", at: "instructions")
            conversation.messages = [Message(.system, [.text(text)])]
            conversation.hasInstructions = true
        }
        var reader = ResponsesInputReader()
        if let input = root["input"], !input.isNull {
            try reader.read(input)
        } else if root["prompt"]?.isNull ?? true {
            throw .unreadable("input", "a string or an array of items", root["input"] ?? root)
        }
        conversation.messages += reader.messages
    }

    /// What would need a store behind the gateway.
    private mutating func takeState(_ name: String, _ value: JSONElement) throws(GatewayError) -> Bool {
        switch name {
        case "previous_response_id":
            guard takesPrevious else {
                throw GatewayError(
                    .invalidRequest,
                    "'previous_response_id' needs a store of responses, which this gateway does not have switched on: "
                        + "send the earlier input and output items in 'input' instead",
                    parameter: name)
            }
            _ = try value.wanted(\.string, "a string", at: name)
        case "conversation":
            throw GatewayError(
                .invalidRequest,
                "'conversation' is not offered by this gateway: send the earlier items in 'input' instead",
                parameter: name)
        case "background":
            guard value.bool != true else {
                throw GatewayError(
                    .invalidRequest,
                    "'background' is not offered by this gateway: leave it out, and use 'stream' for long answers",
                    parameter: name)
            }
        default: return false
        }
        return true
    }

    private mutating func takeForm(_ name: String, _ value: JSONElement) throws(GatewayError) -> Bool {
        switch name {
        case "tools":
            for (index, tool) in value.elements.enumerated() {
                conversation.tools.append(try ResponsesTools.tool(tool, at: "tools[\(index)]"))
            }
        case "tool_choice": conversation.toolChoice = try ResponsesTools.choice(value)
        case "parallel_tool_calls":
            conversation.allowsParallelCalls = try value.wanted(\.bool, "a boolean", at: name)
        case "text":
            for member in value.members where !member.value.isNull {
                guard member.name != "format" else {
                    conversation.format = try ResponsesTextFormat.read(member.value)
                    continue
                }
                keep("text.\(member.name)", member.value)
            }
        case "reasoning": try takeReasoning(value)
        case "include": takeInclude(value)
        default: return false
        }
        return true
    }

    private mutating func takeReasoning(_ value: JSONElement) throws(GatewayError) {
        var reasoning = ReasoningRequest()
        for member in value.members where !member.value.isNull {
            switch member.name {
            case "effort":
                guard let effort = member.value.string.flatMap(ReasoningRequest.Effort.init) else {
                    throw .unreadable(
                        "reasoning.effort", "one of \(ReasoningRequest.Effort.allCases.map(\.rawValue))", member.value)
                }
                reasoning.effort = effort
            case "summary", "generate_summary":
                reasoning.isShown = true
                // A length of the summary is a word of this dialect alone.
                if member.value.string != "auto" { keep("reasoning.summary", member.value) }
            default: keep("reasoning.\(member.name)", member.value)
            }
        }
        conversation.reasoning = reasoning
    }

    /// Encrypted reasoning is always given, so to ask for it is nothing to hand on.
    private mutating func takeInclude(_ value: JSONElement) {
        let wishes = value.elements.compactMap(\.string)
        if wishes.contains("message.output_text.logprobs") { conversation.sampling.logprobs = true }
        let known: Set = ["message.output_text.logprobs", "reasoning.encrypted_content"]
        if !known.isSuperset(of: wishes) { keep("include", value) }
    }

    private mutating func takeRest(_ name: String, _ value: JSONElement) throws(GatewayError) -> Bool {
        switch name {
        case "model", "input", "instructions": return true
        case "stream": conversation.isStream = try value.wanted(\.bool, "a boolean", at: name)
        // Padding against observers is the only option, and the gateway adds none.
        case "stream_options": return true
        case "max_output_tokens": conversation.maxTokens = try value.wanted(\.integer, "an integer", at: name)
        case "temperature": conversation.sampling.temperature = try value.wanted(\.double, "a number", at: name)
        case "top_p": conversation.sampling.topP = try value.wanted(\.double, "a number", at: name)
        case "top_logprobs":
            let count = try value.wanted(\.integer, "an integer", at: name)
            conversation.sampling.topLogprobs = count
            if count > 0 { conversation.sampling.logprobs = true }
        case "user": conversation.user = conversation.user ?? value.string
        case "safety_identifier": conversation.user = value.string
        case "service_tier": conversation.serviceTier = value.string
        case "prompt_cache_key": conversation.cacheKey = value.string
        default: return false
        }
        return true
    }
}
