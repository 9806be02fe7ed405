package import GatewayCore

extension AnthropicClient {
    /// The words of this dialect. See ``ClientDialect/name(of:behind:in:)``.
    package func name(of parameter: String, behind rest: Substring, in root: JSONElement?) -> String {
        switch parameter {
        case "messages": return parameter
        case "stop": return "stop_sequences" + rest
        case "user": return "metadata.user_id"
        case "parallel_tool_calls": return "tool_choice.disable_parallel_tool_use"
        case "reasoning_effort", "thinking":
            guard root?["thinking"] == nil, root?["output_config"]?["effort"] != nil else { return "thinking" + rest }
            return "output_config.effort"
        case "response_format":
            let place = root?["output_format"] == nil ? "output_config.format" : "output_format"
            return place + rest.replacing(".json_schema", with: "", maxReplacements: 1)
        case "tools":
            return parameter + rest.replacing(".function.parameters", with: ".input_schema")
                .replacing(".function", with: "")
        default: return parameter + rest
        }
    }

    /// As its reader takes messages apart. See ``ClientDialect/places(in:)``.
    package func places(in root: JSONElement) -> MessagePlaces {
        var places = MessagePlaces(words: [(".tool_call_id", ".tool_use_id")])
        let system = Self.parts(of: root["system"], at: "system")
        if !system.isEmpty { places.turns.append(.init(place: "system", parts: system)) }
        for (index, message) in (root["messages"]?.elements.map { $0 } ?? []).enumerated() {
            let place = "messages[\(index)]"
            var parts = Self.parts(of: message["content"], at: "\(place).content")
            guard message["role"]?.string == "user", let content = message["content"], content.kind == .array else {
                places.turns.append(.init(place: place, parts: parts))
                continue
            }
            // Each result is a message of its own.
            let isResult = content.elements.map { $0["type"]?.string == "tool_result" }
            for (part, isResult) in zip(parts, isResult) where isResult {
                places.turns.append(.init(place: part, parts: [part]))
            }
            parts = zip(parts, isResult).filter { !$0.1 }.map(\.0)
            if !parts.isEmpty || !isResult.contains(true) { places.turns.append(.init(place: place, parts: parts)) }
        }
        return places
    }

    /// A text of nothing is no part.
    private static func parts(of content: JSONElement?, at place: String) -> [String] {
        content?.string == "" ? [] : MessagePlaces.parts(of: content, at: place)
    }
}
