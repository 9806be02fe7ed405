package import GatewayCore

extension ChatCompletionsClient {
    /// The words of this dialect. See ``ClientDialect/name(of:behind:in:)``.
    package func name(of parameter: String, behind rest: Substring, in root: JSONElement?) -> String {
        func has(_ name: String) -> Bool { root?[name].map { !$0.isNull } ?? false }
        switch parameter {
        case "messages": return parameter
        case "max_tokens": return has("max_completion_tokens") ? "max_completion_tokens" : parameter
        case "reasoning_effort" where !has(parameter) && has("thinking"): return "thinking"
        case "thinking" where !has(parameter): return "reasoning_effort"
        case "user" where !has(parameter) && has("safety_identifier"): return "safety_identifier"
        case "stop" where root?[parameter]?.kind == .string: return parameter
        case "tool_choice" where !has(parameter) && has("function_call"): return "function_call"
        case "tools" where root?.asksForFunctions == true: return "functions" + rest.replacing(".function", with: "")
        default: return parameter + rest
        }
    }

    /// As its reader takes messages apart. See ``ClientDialect/places(in:)``.
    package func places(in root: JSONElement) -> MessagePlaces {
        var places = MessagePlaces()
        for (index, message) in (root["messages"]?.elements.map { $0 } ?? []).enumerated() {
            let place = "messages[\(index)]"
            switch message["role"]?.string {
            case "tool", "function": places.turns.append(.init(place: place, parts: [place]))
            case "assistant": places.turns.append(.init(place: place, parts: Self.parts(of: message, at: place)))
            default:
                places.turns.append(
                    .init(place: place, parts: MessagePlaces.parts(of: message["content"], at: "\(place).content")))
            }
        }
        return places
    }

    /// In the order in which a turn of the model is read.
    private static func parts(of turn: JSONElement, at place: String) -> [String] {
        let thoughts = turn["thinking_blocks"]?.hasElements == true ? "thinking_blocks" : "reasoning_content"
        var parts = ChatThoughts.parts(of: turn).map { _ in "\(place).\(thoughts)" }
        parts += MessagePlaces.parts(of: turn["content"], at: "\(place).content")
        if turn["refusal"]?.string != nil { parts.append("\(place).refusal") }
        parts += MessagePlaces.parts(of: turn["tool_calls"], at: "\(place).tool_calls")
        if turn["function_call"]?.kind == .object { parts.append("\(place).function_call") }
        return parts
    }
}
