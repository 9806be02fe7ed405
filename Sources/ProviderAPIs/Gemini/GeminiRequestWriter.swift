internal import GatewayCore
internal import NIOCore

/// Writes a conversation as a `generateContent` request.
struct GeminiRequestWriter {
    let conversation: Conversation
    let generation: GeminiGeneration?
    let isVertex: Bool
    /// Brings what is out of range to its border; else it is refused.
    let clampsValues: Bool
    private(set) var dropped: [String] = []

    /// - Returns: the body, and the client's parameters that are not in it.
    static func write(
        _ conversation: Conversation, for model: ProviderModel, isVertex: Bool
    ) throws(GatewayError) -> (body: ByteBuffer, dropped: [String]) {
        var writer = GeminiRequestWriter(
            conversation: conversation, generation: GeminiGeneration(model.name), isVertex: isVertex,
            clampsValues: model.clampsValues)
        return (try writer.body(), writer.dropped)
    }

    private mutating func body() throws(GatewayError) -> ByteBuffer {
        var json = JSONWriter(capacity: 1024)
        try json.object { json throws(GatewayError) in
            try writeMessages(to: &json)
            writeTools(to: &json)
            try json.object("generationConfig") { json throws(GatewayError) in
                try writeLimits(to: &json)
                writeFormat(to: &json)
                writeThinking(to: &json)
                try writeSampling(to: &json)
            }
            writeRest(to: &json)
        }
        return json.bytes
    }

    mutating func drop(_ name: String) {
        if !dropped.contains(name) { dropped.append(name) }
    }

    private mutating func writeMessages(to json: inout JSONWriter) throws(GatewayError) {
        var contents = GeminiContentWriter(
            conversation, signsCalls: generation?.isThirdOrLater == true, isVertex: isVertex)
        try contents.write(to: &json)
        let untold = conversation.participants + conversation.imageDetails + conversation.cacheMarks
        for name in contents.dropped + untold { drop(name) }
    }

    // MARK: - Generation

    private mutating func writeLimits(to json: inout JSONWriter) throws(GatewayError) {
        json.member("maxOutputTokens", conversation.maxTokens)
        var stop = conversation.stop.filter { !$0.isEmpty }
        if stop.count > Self.mostStops {
            guard clampsValues else {
                throw GatewayError(
                    .invalidRequest,
                    "'stop' may have at most \(Self.mostStops) texts for this model, found \(stop.count)",
                    parameter: "stop")
            }
            stop = Array(stop.prefix(Self.mostStops))
            drop("stop")
        }
        if !stop.isEmpty { json.array("stopSequences") { for text in stop { $0.string(text) } } }
        json.member("candidateCount", conversation.choices)
    }

    private mutating func writeFormat(to json: inout JSONWriter) {
        guard let format = conversation.format, format != .text else { return }
        // Models before the third generation refuse a form of the answer beside functions.
        if let generation, !generation.isThirdOrLater, conversation.hasFunctions { return drop("response_format") }
        json.member("responseMimeType", "application/json")
        guard case .schema(let schema) = format else { return }
        if schema.description != nil { drop("response_format.json_schema.description") }
        if generation?.takesJSONSchema != false {
            json.member("responseJsonSchema", schema.schema)
        } else if let element = schema.schema.element {
            var reader = GeminiSchemaReader(root: element)
            let read = reader.read()
            json.key("responseSchema")
            read.write(to: &json, keepsOrder: true)
            for word in reader.dropped { drop("response_format.json_schema.schema.\(word)") }
        }
    }

    private mutating func writeSampling(to json: inout JSONWriter) throws(GatewayError) {
        let sampling = conversation.sampling
        json.member("temperature", sampling.temperature)
        json.member("topP", sampling.topP)
        json.member("topK", sampling.topK)
        if let seed = sampling.seed {
            // 32 bits here, 64 at OpenAI.
            guard Int32(exactly: seed) != nil || clampsValues else {
                throw GatewayError(
                    .invalidRequest, "'seed' must fit into 32 bits for this model, found \(seed)", parameter: "seed")
            }
            json.member("seed", Int(Int32(clamping: seed)))
        }
        writePenalties(sampling, to: &json)
        if sampling.logitBias != nil { drop("logit_bias") }
        if sampling.logprobs == true {
            json.member("responseLogprobs", true)
            json.member("logprobs", sampling.topLogprobs)
        }
    }

    /// Models that think refuse penalties; zero says nothing.
    private mutating func writePenalties(_ sampling: Sampling, to json: inout JSONWriter) {
        let takesPenalties = generation?.thinks != true
        for (name, own, penalty) in [
            ("presence_penalty", "presencePenalty", sampling.presencePenalty),
            ("frequency_penalty", "frequencyPenalty", sampling.frequencyPenalty),
        ] {
            guard let penalty, penalty != 0 else { continue }
            if takesPenalties { json.member(own, penalty) } else { drop(name) }
        }
    }

    // MARK: - Rest

    private mutating func writeRest(to json: inout JSONWriter) {
        if let user = conversation.user {
            if isVertex, Self.isLabel(user) {
                json.object("labels") { $0.member("user", user) }
            } else {
                drop("user")
            }
        }
        // At Google Cloud a tier is a header of the account's, and refused in the body.
        switch conversation.serviceTier {
        case "flex" where !isVertex, "priority" where !isVertex:
            json.member("serviceTier", conversation.serviceTier)
        case "default", "standard", "auto", nil: break
        default: drop("service_tier")
        }
        for extra in conversation.extras {
            switch extra.name {
            case "safety_settings", "safetySettings": json.member("safetySettings", extra.value)
            case "cached_content", "cachedContent": json.member("cachedContent", extra.value)
            default: drop(extra.name)
            }
        }
    }

    /// What Google Cloud takes as the value of a label.
    private static func isLabel(_ text: String) -> Bool {
        text.utf8.count <= 63
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte &- UInt8(ascii: "0") < 10
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }

    private static let mostStops = 5
}
