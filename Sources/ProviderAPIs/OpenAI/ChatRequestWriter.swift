package import GatewayCore
package import NIOCore

/// Writes a conversation as a Chat Completions request.
package struct ChatRequestWriter {
    /// For whom it is written.
    enum Reader: Sendable {
        /// OpenAI itself, and Azure: the newest names, nothing that is not theirs.
        case openAI
        /// Servers that speak the dialect: the names all of them know.
        case compatible
        /// The gateway's own stages: everything the conversation holds, in one spelling, so that two conversations
        /// that may be answered differently never look alike.
        case gateway
    }

    private let conversation: Conversation
    private let reader: Reader
    private let rules: OpenAIModelRules
    private let messages: ChatMessageWriter
    private(set) var dropped: [String] = []

    /// Writes it for the gateway's own stages.
    package static func write(_ conversation: Conversation) throws(GatewayError) -> ByteBuffer {
        try write(conversation, model: ProviderModel(name: conversation.model), for: .gateway, habits: .unknown).body
    }

    /// - Returns: the body, and the client's parameters that are not in it.
    static func write(
        _ conversation: Conversation, model: ProviderModel, for reader: Reader, habits: ChatServerHabits
    ) throws(GatewayError) -> (body: ByteBuffer, dropped: [String]) {
        var writer = ChatRequestWriter(
            conversation: conversation, reader: reader, rules: OpenAIModelRules(model, isOpenAI: reader == .openAI),
            messages: ChatMessageWriter(reader: reader, habits: habits))
        let trimmed = try ChatServerTrim.applied(to: try writer.body(model: model.name), for: habits)
        return (trimmed.body, writer.dropped + trimmed.dropped)
    }

    private mutating func body(model: String) throws(GatewayError) -> ByteBuffer {
        var json = JSONWriter(capacity: 1024)
        try json.object { json throws(GatewayError) in
            json.member("model", model)
            try json.array("messages") { json throws(GatewayError) in
                var media = ChatResultMedia()
                for (index, message) in conversation.messages.enumerated() {
                    if reader != .gateway {
                        if message.role != .tool { try write(media.taken(), to: &json) }
                        media.add(message)
                    }
                    try messages.write(message, at: "messages[\(index)]", to: &json)
                }
                try write(media.taken(), to: &json)
            }
            writeTools(to: &json)
            writeForm(to: &json)
            writeSampling(to: &json)
            writeRest(to: &json)
        }
        return json.bytes
    }

    private func write(_ media: Message?, to json: inout JSONWriter) throws(GatewayError) {
        if let media { try messages.write(media, at: "messages", to: &json) }
    }

    private mutating func writeTools(to json: inout JSONWriter) {
        var hasTools = false
        for (index, tool) in conversation.tools.enumerated() {
            if case .native = tool, reader != .gateway { dropped.append("tools[\(index)]") } else { hasTools = true }
        }
        guard hasTools else { return }
        json.array("tools") { json in
            for tool in conversation.tools { write(tool, to: &json) }
        }
        json.member("parallel_tool_calls", conversation.allowsParallelCalls)
        switch conversation.toolChoice {
        case .auto: json.member("tool_choice", "auto")
        case .required: json.member("tool_choice", "required")
        case .some(.none): json.member("tool_choice", "none")
        case .function(let name):
            json.object("tool_choice") {
                $0.member("type", "function")
                $0.object("function") { $0.member("name", name) }
            }
        case .native(let choice) where reader == .gateway: json.member("tool_choice", choice)
        case .native: dropped.append("tool_choice")
        case nil: break
        }
    }

    private func write(_ tool: Tool, to json: inout JSONWriter) {
        switch tool {
        case .native(let native): if reader == .gateway { json.json(native) }
        case .function(let function):
            json.object { json in
                json.member("type", "function")
                json.object("function") {
                    $0.member("name", function.name)
                    $0.member("description", function.description)
                    $0.member("parameters", function.parameters)
                    $0.member("strict", function.isStrict)
                }
                if reader == .gateway { function.cacheMark?.write(to: &json) }
            }
        }
    }

    private mutating func writeForm(to json: inout JSONWriter) {
        switch conversation.format {
        case .text: json.object("response_format") { $0.member("type", "text") }
        case .json: json.object("response_format") { $0.member("type", "json_object") }
        case .schema(let format):
            json.object("response_format") { json in
                json.member("type", "json_schema")
                json.object("json_schema") {
                    $0.member("name", format.name ?? "answer")
                    $0.member("description", format.description)
                    $0.member("schema", format.schema)
                    $0.member("strict", format.isStrict)
                }
            }
        case nil: break
        }
        json.member(reader == .compatible ? "max_tokens" : "max_completion_tokens", conversation.maxTokens)
        writeStop(to: &json)
        json.member("n", conversation.choices)
        writeReasoning(to: &json)
    }

    /// OpenAI takes four, and of those who think none.
    private mutating func writeStop(to json: inout JSONWriter) {
        guard !conversation.stop.isEmpty else { return }
        guard reader == .gateway || rules.takesStop else { return dropped.append("stop") }
        let most = reader == .openAI ? 4 : Int.max
        json.array("stop") { for text in conversation.stop.prefix(most) { $0.string(text) } }
        for index in conversation.stop.indices.dropFirst(most) { dropped.append("stop[\(index)]") }
    }

    private mutating func writeReasoning(to json: inout JSONWriter) {
        guard reader == .gateway else { return writeEffort(to: &json) }
        guard let reasoning = conversation.reasoning else { return }
        json.member("reasoning_effort", reasoning.effort?.rawValue)
        // An effort and nothing else is spelled as clients of Chat Completions spell it, so that they meet.
        if reasoning.effort != nil, reasoning == ReasoningRequest(effort: reasoning.effort) { return }
        json.object("thinking") {
            $0.member("type", reasoning.form)
            $0.member("budget_tokens", reasoning.budget)
            $0.member("shown", reasoning.isShown)
            if reasoning.isEffortAlone { $0.member("effort_alone", true) }
        }
    }

    /// What the model is asked for; not for the gateway's own stages, which are told all that is wanted.
    private var effort: ReasoningRequest.Effort? {
        rules.chatEffort(conversation.reasoning?.wanted, besideFunctions: conversation.hasFunctions)
    }

    private mutating func writeEffort(to json: inout JSONWriter) {
        let given = effort
        let thinks = given != nil && given != ReasoningRequest.Effort.none
        if !thinks, let wanted = conversation.reasoning?.wanted, wanted != .none { dropped.append("reasoning_effort") }
        json.member("reasoning_effort", given?.rawValue)
    }

    private mutating func writeSampling(to json: inout JSONWriter) {
        let sampling = conversation.sampling
        if reader == .gateway || rules.takesSampling(beside: effort) {
            json.member("temperature", sampling.temperature)
            json.member("top_p", sampling.topP)
        } else {
            // 1 is what a model does of its own in both.
            if let temperature = sampling.temperature, temperature != 1 { dropped.append("temperature") }
            if let topP = sampling.topP, topP != 1 { dropped.append("top_p") }
        }
        if reader == .openAI { if sampling.topK != nil { dropped.append("top_k") } } else {
            json.member("top_k", sampling.topK)
        }
        json.member("seed", sampling.seed)
        guard reader == .gateway || rules.takesWeights(beside: effort) else {
            dropped += sampling.weights
            return
        }
        json.member("presence_penalty", sampling.presencePenalty)
        json.member("frequency_penalty", sampling.frequencyPenalty)
        json.member("logit_bias", sampling.logitBias)
        json.member("logprobs", sampling.logprobs)
        json.member("top_logprobs", sampling.topLogprobs)
    }

    private mutating func writeRest(to json: inout JSONWriter) {
        json.member("user", conversation.user)
        json.member("service_tier", conversation.serviceTier)
        json.member("prompt_cache_key", conversation.cacheKey)
        if conversation.isStream {
            json.member("stream", true)
            // Asked for always, so that the stream can be accounted whether or not the client asked.
            let asks = reader != .gateway || conversation.wantsStreamUsage
            if asks { json.object("stream_options") { $0.member("include_usage", true) } }
        }
        if reader != .gateway {
            dropped += conversation.failures + conversation.cacheMarks + conversation.extras.map(\.name)
        } else if !conversation.extras.isEmpty {
            for extra in conversation.extras where Self.shared.contains(extra.name) {
                json.member(extra.name, extra.value)
            }
            let own = conversation.extras.filter { !Self.shared.contains($0.name) }
            if !own.isEmpty { json.object("extras") { for extra in own { $0.member(extra.name, extra.value) } } }
        }
    }

    /// Members that this dialect has too, though no form between dialects: the stages look for them where it has them.
    private static let shared: Set<String> = ["metadata", "store", "prompt_cache_retention", "prompt_cache_options"]
}

extension ReasoningRequest {
    /// The `type` of `thinking`: whether it is asked for, ruled out, or left to the model.
    fileprivate var form: String {
        if effort == Effort.none { return "disabled" }
        return budget == nil ? "adaptive" : "enabled"
    }
}

extension ReasoningRequest {
    /// The effort that is asked for, in words or by a budget.
    var wanted: Effort? { effort ?? budget.map(Effort.init(budget:)) }
}

extension ReasoningRequest.Effort {
    /// The effort a budget of tokens stands for; the borders are those of the budgets that efforts are turned into:
    /// 1,024, 4,096 and 16,384.
    package init(budget: Int) {
        self =
            switch budget {
            case ..<1024: .minimal
            case ..<4096: .low
            case ..<16_384: .medium
            default: .high
            }
    }
}

extension CacheMark {
    /// Writes `cache_control`.
    func write(to json: inout JSONWriter) {
        json.object("cache_control") {
            $0.member("type", "ephemeral")
            $0.member("ttl", lifetime)
        }
    }
}
