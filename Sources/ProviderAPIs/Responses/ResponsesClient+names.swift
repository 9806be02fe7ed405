package import GatewayCore

extension ResponsesClient {
    /// The words of this dialect. See ``ClientDialect/name(of:behind:in:)``.
    package func name(of parameter: String, behind rest: Substring, in root: JSONElement?) -> String {
        switch parameter {
        case "messages": return "input"
        case "max_tokens": return "max_output_tokens"
        case "reasoning_effort", "thinking": return "reasoning.effort"
        case "response_format": return "text.format" + rest.replacing(".json_schema", with: "", maxReplacements: 1)
        case "user": return root?["user"] == nil ? "safety_identifier" : parameter
        case "logprobs": return root?["top_logprobs"] == nil ? "include" : "top_logprobs"
        case "cache_control": return "prompt_cache_breakpoint"
        case "tools": return parameter + rest.replacing(".function", with: "")
        default: return parameter + rest
        }
    }

    /// As its reader takes messages apart. See ``ClientDialect/places(in:)``.
    package func places(in root: JSONElement) -> MessagePlaces {
        var places = MessagePlaces(
            words: [(".tool_call_id", ".call_id"), (".content", ".output"), (".image_url.detail", ".detail")])
        if let instructions = root["instructions"], !instructions.isNull {
            places.turns.append(.init(place: "instructions", parts: ["instructions"]))
        }
        guard let input = root["input"], input.kind == .array else {
            if root["input"]?.kind == .string { places.turns.append(.init(place: "input", parts: ["input"])) }
            return places
        }
        var reader = ResponsesOutputReader()
        var isModels = false
        for (index, item) in input.elements.enumerated() {
            let place = "input[\(index)]"
            let (parts, made) = Self.parts(of: item, at: place, &reader)
            if made, parts.isEmpty { continue }
            // What the model made is one turn, however many items it has.
            if made, isModels {
                places.turns[places.turns.count - 1].parts += parts
            } else {
                places.turns.append(.init(place: place, parts: parts))
            }
            isModels = made
        }
        return places
    }

    /// - Returns: the places of an item's parts, and whether the model made them.
    private static func parts(
        of item: JSONElement, at place: String, _ reader: inout ResponsesOutputReader
    ) -> (parts: [String], made: Bool) {
        switch item["type"]?.string {
        case "message", nil:
            return (
                MessagePlaces.parts(of: item["content"], at: "\(place).content"), item["role"]?.string == "assistant"
            )
        case "function_call_output": return ([place], false)
        case .some(let type): return (reader.parts(of: item).map { _ in place }, !ResponsesItems.isGiven(type))
        }
    }
}
