internal import GatewayCore

/// The form of an answer as this dialect says it: flat, under `text.format`.
enum ResponsesTextFormat {
    static func read(_ value: JSONElement) throws(GatewayError) -> AnswerFormat {
        switch value["type"]?.string {
        case "text": return .text
        case "json_object": return .json
        case "json_schema":
            guard let schema = value["schema"], schema.kind == .object else {
                throw .unreadable("text.format.schema", "an object", value["schema"] ?? value)
            }
            return .schema(
                SchemaFormat(
                    name: value["name"]?.string, description: value["description"]?.string, schema: JSONText(schema),
                    isStrict: value["strict"]?.bool))
        default:
            throw .unreadable("text.format.type", "one of text, json_object, json_schema", value["type"] ?? value)
        }
    }

    static func write(_ format: AnswerFormat, to json: inout JSONWriter) {
        json.object("format") { json in
            switch format {
            case .text: json.member("type", "text")
            case .json: json.member("type", "json_object")
            case .schema(let format):
                json.member("type", "json_schema")
                json.member("name", format.name ?? "answer")
                json.member("description", format.description)
                json.member("schema", format.schema)
                json.member("strict", format.isStrict)
            }
        }
    }
}
