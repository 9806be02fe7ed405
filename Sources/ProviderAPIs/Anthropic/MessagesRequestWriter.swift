internal import GatewayCore
internal import NIOCore

/// Writes a conversation as a Messages request.
struct MessagesRequestWriter {
    let conversation: Conversation
    let model: ProviderModel
    let generation: ClaudeGeneration
    private(set) var rules: ClaudeRules
    /// The client's parameters that are not in it.
    var dropped: [String] = []

    static func write(_ conversation: Conversation, model: ProviderModel) throws(GatewayError) -> ProviderCall {
        var writer = MessagesRequestWriter(conversation, model: model)
        let body = try writer.body()
        var call = ProviderCall(path: AnthropicProvider.path, body: body)
        call.headers = AnthropicHeaders.plain(betas: conversation.betas)
        call.dropped = writer.dropped + writer.rules.dropped
        return call
    }

    private init(_ conversation: Conversation, model: ProviderModel) {
        self.conversation = conversation
        self.model = model
        generation = ClaudeGeneration(model: model.name)
        rules = ClaudeRules(conversation, model: model, generation: generation)
    }

    /// What a model whose limit nobody knows is allowed: all of this dialect can answer so much.
    private static let defaultLimit = 4096

    private mutating func body() throws(GatewayError) -> ByteBuffer {
        try SingleChoice.expect(conversation)
        let (system, turns) = try MessagesTurn.lay(out: conversation.messages, for: generation)
        var limit: Int? = try rules.answerLimit() ?? Self.defaultLimit
        let thinking = try rules.thinking(limit: &limit)
        let sampling = try rules.sampling(isThinking: thinking.isOn)
        dropped += conversation.participants + conversation.imageDetails
        var json = JSONWriter(capacity: 2048)
        try json.object { json throws(GatewayError) in
            json.member("model", model.name)
            json.member("max_tokens", limit)
            try writeSystem(system, to: &json)
            json.key("messages")
            try json.array { json throws(GatewayError) in try MessagesContentWriter.write(turns, to: &json) }
            writeTools(to: &json)
            writeOutput(thinking, to: &json)
            if thinking.mode != .unsaid {
                json.key("thinking")
                thinking.write(to: &json)
            }
            writeStop(to: &json)
            json.member("temperature", sampling.temperature)
            json.member("top_p", sampling.topP)
            json.member("top_k", sampling.topK)
            if conversation.sampling.seed != nil { dropped.append("seed") }
            dropped += conversation.sampling.weights
            writeRest(to: &json)
        }
        return json.bytes
    }

    private func writeSystem(_ pieces: [MessagesTurn.Piece], to json: inout JSONWriter) throws(GatewayError) {
        for piece in pieces where !piece.part.isText {
            throw .untranslatable(piece.place, "a system message with more than text")
        }
        var pieces = pieces.filter(\.isSayable)
        if conversation.format == .json {
            // There is no mode for it, and models refuse an answer that is begun for them.
            let wish = "Answer with one JSON value alone: no words around it and no code fence."
            pieces.append(.init(part: .text(wish), place: "response_format"))
        }
        guard !pieces.isEmpty else { return }
        json.key("system")
        try MessagesContentWriter.writeContent(pieces, to: &json)
    }

    private mutating func writeOutput(_ thinking: ClaudeThinking, to json: inout JSONWriter) {
        var schema: JSONText?
        if case .schema(let format) = conversation.format {
            if model.capabilities?.contains(.jsonSchema) ?? generation.takesSchemas {
                schema = MessagesSchema.adapted(format.schema)
                if format.description != nil { dropped.append("response_format.json_schema.description") }
            } else {
                dropped.append("response_format")
            }
        }
        guard schema != nil || thinking.effort != nil else { return }
        json.object("output_config") { json in
            json.member("effort", thinking.effort)
            guard let schema else { return }
            json.object("format") {
                $0.member("type", "json_schema")
                $0.member("schema", schema)
            }
        }
    }

    /// A text of white space alone is refused.
    private mutating func writeStop(to json: inout JSONWriter) {
        var kept: [String] = []
        for (index, text) in conversation.stop.enumerated() {
            if text.allSatisfy(\.isWhitespace) { dropped.append("stop[\(index)]") } else { kept.append(text) }
        }
        guard !kept.isEmpty else { return }
        json.array("stop_sequences") { for text in kept { $0.string(text) } }
    }

    private mutating func writeRest(to json: inout JSONWriter) {
        if let user = conversation.user { json.object("metadata") { $0.member("user_id", user) } }
        switch conversation.serviceTier {
        case "auto", "priority": json.member("service_tier", "auto")
        case "default", "standard_only": json.member("service_tier", "standard_only")
        case .some: dropped.append("service_tier")
        case nil: break
        }
        if conversation.isStream { json.member("stream", true) }
        for extra in conversation.extras where conversation.betas == nil || extra.name != AnthropicHeaders.beta {
            if Self.own.contains(extra.name) {
                json.member(extra.name, extra.value)
            } else {
                dropped.append(extra.name)
            }
        }
    }

    /// Members of a request that this dialect has and no other.
    private static let own: Set<String> = [
        "cache_control", "container", "context_management", "diagnostics", "inference_geo", "mcp_servers", "speed",
        "user_profile_id",
    ]
}
