internal import GatewayCore
internal import NIOCore

/// Writes a conversation as a Converse request.
struct BedrockRequestWriter {
    let conversation: Conversation
    let model: BedrockModel
    private let target: ProviderModel
    private(set) var dropped: [String] = []

    /// - Returns: the body, and the client's parameters that are not in it.
    static func write(
        _ conversation: Conversation, for model: ProviderModel
    ) throws(GatewayError) -> (body: ByteBuffer, dropped: [String]) {
        var writer = BedrockRequestWriter(
            conversation: conversation, model: BedrockModel(model.name), target: model)
        return (try writer.body(), writer.dropped)
    }

    private mutating func body() throws(GatewayError) -> ByteBuffer {
        try SingleChoice.expect(conversation)
        let (thought, inference) = try generation()
        var json = JSONWriter(capacity: 1024)
        try json.object { json throws(GatewayError) in
            try writeMessages(to: &json)
            writeTools(to: &json)
            writeInference(inference, to: &json)
            if thought.isDropped { drop("reasoning_effort") }
            writeOutput(thought, to: &json)
            writeModelFields(thought, topK: inference.sampling.topK, to: &json)
            dropSampling()
            writeRest(to: &json)
        }
        return json.bytes
    }

    mutating func drop(_ name: String) {
        if !dropped.contains(name) { dropped.append(name) }
    }

    private mutating func writeMessages(to json: inout JSONWriter) throws(GatewayError) {
        // Converse has no word for "some JSON".
        let instruction = conversation.format == .json ? "Answer with one JSON object and nothing else." : nil
        var messages = BedrockMessageWriter(conversation, model: model, instruction: instruction)
        try messages.write(to: &json)
        let marks = model.keepsPrompts ? [] : conversation.cacheMarks
        let untold = conversation.participants + conversation.imageDetails + marks
        for name in messages.dropped + untold { drop(name) }
    }

    // MARK: - Generation

    private struct Inference {
        var limit: Int?
        var sampling: Sampling
    }

    /// How it thinks and draws its tokens: Claude has rules of its own, wherever it is served.
    private mutating func generation() throws(GatewayError) -> (BedrockThought, Inference) {
        guard case .anthropic(let generation) = model.maker else {
            let thought = BedrockThought(conversation, model: model, claude: ClaudeThinking())
            var sampling = conversation.sampling
            sampling.temperature = try temperature()
            return (thought, Inference(limit: conversation.maxTokens, sampling: sampling))
        }
        var rules = ClaudeRules(conversation, model: target, generation: generation)
        var limit = try rules.answerLimit()
        let thinking = try rules.thinking(limit: &limit)
        let sampling = try rules.sampling(isThinking: thinking.isOn)
        for name in rules.dropped { drop(name) }
        let thought = BedrockThought(conversation, model: model, claude: thinking)
        return (thought, Inference(limit: limit, sampling: sampling))
    }

    private func temperature() throws(GatewayError) -> Double? {
        let temperature = conversation.sampling.temperature
        guard let wanted = temperature, wanted > 1 else { return temperature }
        guard target.clampsValues else {
            throw GatewayError(
                .invalidRequest, "'temperature' must be at most 1 for this model, found \(wanted)",
                parameter: "temperature")
        }
        return 1
    }

    private mutating func writeInference(_ inference: Inference, to json: inout JSONWriter) {
        var stop: [String] = []
        for (index, text) in conversation.stop.enumerated() {
            if text.allSatisfy(\.isWhitespace) { drop("stop[\(index)]") } else { stop.append(text) }
        }
        json.object("inferenceConfig") { json in
            json.member("maxTokens", inference.limit)
            json.member("temperature", inference.sampling.temperature)
            json.member("topP", inference.sampling.topP)
            if !stop.isEmpty { json.array("stopSequences") { for text in stop { $0.string(text) } } }
        }
        if model.isClaude, !stop.isEmpty {
            json.array("additionalModelResponseFieldPaths") { $0.string("/stop_sequence") }
        }
    }

    private mutating func writeOutput(_ thought: BedrockThought, to json: inout JSONWriter) {
        var schema: SchemaFormat?
        if case .schema(let wanted) = conversation.format {
            if target.capabilities?.contains(.jsonSchema) ?? model.takesSchemas { schema = wanted } else {
                drop("response_format")
            }
        }
        if schema == nil, thought.effort == nil { return }
        json.object("outputConfig") { json in
            if let schema { write(schema, to: &json) }
            json.member("effort", thought.effort)
        }
    }

    /// The schema is a text here. Claude refuses what it refuses from its maker's own clients.
    private func write(_ format: SchemaFormat, to json: inout JSONWriter) {
        let schema = model.isClaude ? MessagesSchema.adapted(format.schema) : format.schema
        json.object("textFormat") { json in
            json.member("type", "json_schema")
            json.object("structure") { json in
                json.object("jsonSchema") {
                    $0.member("schema", schema.description)
                    $0.member("name", format.name)
                    $0.member("description", format.description)
                }
            }
        }
    }

    /// What only the model's maker knows.
    private mutating func writeModelFields(_ thought: BedrockThought, topK: Int?, to json: inout JSONWriter) {
        var fields: [(String, JSONText)] = thought.fields
        if let topK {
            var number = JSONWriter(capacity: 32)
            switch model.maker {
            case .anthropic, .mistral: number.integer(topK)
            case .amazon: number.object { $0.member("topK", topK) }
            case .openAI, .other: drop("top_k")
            }
            let isNested = if case .amazon = model.maker { true } else { false }
            if number.bytes.readableBytes > 0 {
                fields.append((isNested ? "inferenceConfig" : "top_k", JSONText(valid: number.bytes)))
            }
        }
        if let betas = betas?.json { fields.append((BedrockBetas.member, betas)) }
        guard !fields.isEmpty else { return }
        json.object("additionalModelRequestFields") { for (name, value) in fields { $0.member(name, value) } }
    }

    /// Models of other makers refuse the member.
    private var betas: BedrockBetas? { model.isClaude ? BedrockBetas(conversation) : nil }

    private mutating func dropSampling() {
        if conversation.sampling.seed != nil { drop("seed") }
        for name in conversation.sampling.weights { drop(name) }
    }

    // MARK: - Rest

    private mutating func writeRest(to json: inout JSONWriter) {
        if let user = conversation.user {
            if Self.isMetadata(user) {
                json.object("requestMetadata") { $0.member("user", user) }
            } else {
                drop("user")
            }
        }
        switch conversation.serviceTier {
        case "default", "flex", "priority", "reserved":
            json.object("serviceTier") { $0.member("type", conversation.serviceTier) }
        case "auto", nil: break
        default: drop("service_tier")
        }
        for extra in conversation.extras {
            switch extra.name {
            case "guardrailConfig", "guardrail_config": json.member("guardrailConfig", extra.value)
            case "performanceConfig", "performance_config": json.member("performanceConfig", extra.value)
            case BedrockBetas.member where model.isClaude: break
            case AnthropicHeaders.beta where betas?.holdsHeader == true: break
            default: drop(extra.name)
            }
        }
    }

    /// What may stand in `requestMetadata`.
    private static func isMetadata(_ text: String) -> Bool {
        let signs = Array(" :_@$#=/+,-.".utf8)
        return (1...256).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte &- UInt8(ascii: "0") < 10
                    || signs.contains(byte)
            }
    }
}
