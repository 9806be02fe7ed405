internal import GatewayCore

/// Tools as this dialect says them: flat. OpenAI holds a function that does not say so to be strict; it is read as one
/// that says nothing, which is what every other dialect has a word for.
enum ResponsesTools {
    static func tool(_ value: JSONElement, at place: String) throws(GatewayError) -> Tool {
        guard let type = value["type"]?.string else { throw .unreadable("\(place).type", "a string", value) }
        guard type == "function" else { return .native(JSONText(value)) }
        guard let name = value["name"]?.string else {
            throw .unreadable("\(place).name", "a string", value["name"] ?? value)
        }
        return .function(
            FunctionTool(
                name: name, description: value["description"]?.string,
                parameters: value["parameters"].flatMap { $0.isNull ? nil : JSONText($0) },
                isStrict: value["strict"]?.bool))
    }

    static func choice(_ value: JSONElement) throws(GatewayError) -> ToolChoice {
        switch value.string {
        case "auto": return .auto
        case "required": return .required
        case "none": return ToolChoice.none
        case .some: throw .unreadable("tool_choice", "one of auto, required, none", value)
        case nil: break
        }
        guard value["type"]?.string == "function" else { return .native(JSONText(value)) }
        guard let name = value["name"]?.string else { throw .unreadable("tool_choice.name", "a string", value) }
        return .function(name)
    }

    /// Writes a function with all that OpenAI's types demand of one. One that does not say it is strict is not: that
    /// is what the word's absence means in every other dialect.
    static func write(_ function: FunctionTool, to json: inout JSONWriter) {
        json.object { json in
            json.member("type", "function")
            json.member("name", function.name)
            json.member("description", function.description)
            if let parameters = function.parameters {
                json.member("parameters", parameters)
            } else {
                json.null("parameters")
            }
            json.member("strict", function.isStrict ?? false)
        }
    }

    /// - Returns: whether this dialect has the rule.
    static func write(_ choice: ToolChoice, to json: inout JSONWriter) -> Bool {
        switch choice {
        case .auto: json.member("tool_choice", "auto")
        case .required: json.member("tool_choice", "required")
        case .none: json.member("tool_choice", "none")
        case .function(let name):
            json.object("tool_choice") {
                $0.member("type", "function")
                $0.member("name", name)
            }
        case .native(let native):
            guard let element = native.element, ResponsesItems.isToolChoice(element) else { return false }
            json.member("tool_choice", native)
        }
        return true
    }
}
