internal import GatewayCore
internal import NIOCore

/// Writes a conversation as a request of the Responses API. The provider keeps nothing of it unless the client asked
/// for that: what a model thought comes back encrypted instead.
struct ResponsesRequestWriter {
    private let conversation: Conversation
    private let model: ProviderModel
    private let rules: OpenAIModelRules
    private(set) var dropped: [String] = []

    /// OpenAI refuses fewer tokens of answer.
    private static let leastTokens = 16

    /// Members that only this dialect has, or means the same by, and that pass as the client wrote them.
    private static let passed: Set<String> = [
        "metadata", "store", "include", "truncation", "max_tool_calls", "moderation", "prompt",
        "prompt_cache_retention", "prompt_cache_options", "context_management",
    ]

    /// - Returns: the body, and the client's parameters that are not in it.
    static func write(
        _ conversation: Conversation, model: ProviderModel
    ) throws(GatewayError) -> (body: ByteBuffer, dropped: [String]) {
        var writer = ResponsesRequestWriter(conversation: conversation, model: model)
        return (try writer.body(), writer.dropped)
    }

    private init(conversation: Conversation, model: ProviderModel) {
        self.conversation = conversation
        self.model = model
        rules = OpenAIModelRules(model)
    }

    private mutating func body() throws(GatewayError) -> ByteBuffer {
        var json = JSONWriter(capacity: 1024)
        try json.object { json throws(GatewayError) in
            json.member("model", model.name)
            try writeMessages(to: &json)
            writeTools(to: &json)
            writeForm(to: &json)
            writeReasoning(to: &json)
            try writeLimits(to: &json)
            writeSampling(to: &json)
            writeRest(to: &json)
        }
        return json.bytes
    }

    private mutating func writeMessages(to json: inout JSONWriter) throws(GatewayError) {
        var messages = Array(conversation.messages.enumerated())
        if conversation.hasInstructions, let first = messages.first?.element {
            json.member("instructions", first.text)
            messages.removeFirst()
        }
        var input = ResponsesInputWriter()
        try json.array("input") { json throws(GatewayError) in
            for (index, message) in messages { try input.write(message, at: "messages[\(index)]", to: &json) }
        }
        dropped += input.dropped + conversation.failures + conversation.cacheMarks
    }

    private mutating func writeTools(to json: inout JSONWriter) {
        var written: [JSONText] = []
        for (index, tool) in conversation.tools.enumerated() {
            switch tool {
            case .function(let function):
                var one = JSONWriter(capacity: 256)
                ResponsesTools.write(function, to: &one)
                written.append(JSONText(valid: one.bytes))
            case .native(let native):
                if let element = native.element, ResponsesItems.isTool(element) {
                    written.append(native)
                } else {
                    dropped.append("tools[\(index)]")
                }
            }
        }
        guard !written.isEmpty else { return }
        json.array("tools") { for tool in written { $0.json(tool) } }
        json.member("parallel_tool_calls", conversation.allowsParallelCalls)
        if let choice = conversation.toolChoice, !ResponsesTools.write(choice, to: &json) {
            dropped.append("tool_choice")
        }
    }

    private func writeForm(to json: inout JSONWriter) {
        let verbosity = extra("text.verbosity") ?? extra("verbosity")
        guard conversation.format != nil || verbosity != nil else { return }
        json.object("text") { json in
            if let format = conversation.format { ResponsesTextFormat.write(format, to: &json) }
            json.member("verbosity", verbosity)
        }
    }

    private mutating func writeReasoning(to json: inout JSONWriter) {
        let asked = conversation.reasoning
        let wanted = asked?.wanted
        let effort = wanted.flatMap(rules.effort)
        if effort == nil, let wanted, wanted != .none { dropped.append("reasoning_effort") }
        if let asked, rules.thinking != .never {
            json.object("reasoning") { json in
                json.member("effort", effort?.rawValue)
                if let summary = extra("reasoning.summary") {
                    json.member("summary", summary)
                } else if asked.isShown ?? (asked.budget != nil) {
                    // Who gives a budget in Anthropic's way is shown the thoughts unless they are unwanted.
                    json.member("summary", "auto")
                }
            }
        }
        writeInclude(thinks: thinks(effort), to: &json)
    }

    /// Whether the model thinks: models that do not refuse to be asked for encrypted thoughts.
    private func thinks(_ effort: ReasoningRequest.Effort?) -> Bool {
        if rules.thinking == .never { return false }
        if let known = model.capabilities { return known.contains(.reasoning) }
        if let effort { return effort != .none }
        return conversation.reasoning != nil
            || conversation.messages.contains { $0.parts.contains { OpenAIThought($0) != nil } }
    }

    private func writeInclude(thinks: Bool, to json: inout JSONWriter) {
        var wishes = extra("include")?.element?.elements.compactMap(\.string) ?? []
        let known: Set = ["reasoning.encrypted_content", "message.output_text.logprobs"]
        wishes.removeAll(where: known.contains)
        if thinks { wishes.append("reasoning.encrypted_content") }
        if conversation.sampling.logprobs == true, takesSampling { wishes.append("message.output_text.logprobs") }
        guard !wishes.isEmpty else { return }
        json.array("include") { for wish in wishes { $0.string(wish) } }
    }

    private mutating func writeLimits(to json: inout JSONWriter) throws(GatewayError) {
        if let limit = conversation.maxTokens {
            guard limit >= Self.leastTokens || model.clampsValues else {
                throw GatewayError(
                    .invalidRequest, "'max_tokens' must be at least \(Self.leastTokens) for this model, found \(limit)",
                    parameter: "max_tokens")
            }
            json.member("max_output_tokens", max(limit, Self.leastTokens))
        }
        if !conversation.stop.isEmpty { dropped.append("stop") }
        try SingleChoice.expect(conversation)
    }

    private var takesSampling: Bool {
        rules.takesSampling(beside: conversation.reasoning?.wanted.flatMap(rules.effort))
    }

    private mutating func writeSampling(to json: inout JSONWriter) {
        let sampling = conversation.sampling
        if takesSampling {
            json.member("temperature", sampling.temperature)
            json.member("top_p", sampling.topP)
            json.member("top_logprobs", sampling.topLogprobs)
        } else {
            // 1 is what a model does of its own in both.
            if let temperature = sampling.temperature, temperature != 1 { dropped.append("temperature") }
            if let topP = sampling.topP, topP != 1 { dropped.append("top_p") }
            if sampling.logprobs == true { dropped.append("logprobs") }
            if sampling.topLogprobs ?? 0 != 0 { dropped.append("top_logprobs") }
        }
        let unknown: [(name: String, isAsked: Bool)] = [
            ("top_k", sampling.topK != nil), ("seed", sampling.seed != nil),
            ("presence_penalty", sampling.presencePenalty ?? 0 != 0),
            ("frequency_penalty", sampling.frequencyPenalty ?? 0 != 0), ("logit_bias", sampling.logitBias != nil),
        ]
        dropped += unknown.filter(\.isAsked).map(\.name)
    }

    private mutating func writeRest(to json: inout JSONWriter) {
        json.member("safety_identifier", conversation.user)
        json.member("service_tier", conversation.serviceTier)
        json.member("prompt_cache_key", conversation.cacheKey)
        if conversation.isStream { json.member("stream", true) }
        if extra("store") == nil { json.member("store", false) }
        for extra in conversation.extras {
            switch extra.name {
            case "text.verbosity", "verbosity", "reasoning.summary", "include": continue
            case let name where Self.passed.contains(name): json.member(name, extra.value)
            default: dropped.append(extra.name)
            }
        }
    }

    private func extra(_ name: String) -> JSONText? { conversation.extras.last { $0.name == name }?.value }
}

extension OpenAIThought {
    /// Nil for a part that is no thought of OpenAI.
    init?(_ part: ContentPart) {
        guard case .thinking(_, let signature?) = part.content else { return nil }
        self.init(signature: signature)
    }
}
