internal import GatewayCore
internal import NIOCore

/// Fits JSON Schemas to what this dialect takes. A rule it refuses goes into the description, where the model at least
/// reads it, as the maker's own clients do.
struct MessagesSchema {
    private var isChanged = false

    /// A schema that answers or strict calls must follow; the same text when nothing has to change.
    static func adapted(_ schema: JSONText) -> JSONText {
        guard let root = schema.element else { return schema }
        var adapter = MessagesSchema()
        var json = JSONWriter(capacity: schema.bytes.readableBytes + 64)
        adapter.write(root, to: &json)
        return adapter.isChanged ? JSONText(valid: json.bytes) : schema
    }

    private mutating func write(_ schema: JSONElement, to json: inout JSONWriter) {
        guard schema.kind == .object else { return json.json(JSONText(schema)) }
        var refused: [String] = []
        let isObject = Self.isObject(schema)
        json.object { json in
            for member in schema.members {
                let (name, value) = (member.name, member.value)
                switch name {
                case "description": continue
                case "additionalProperties" where isObject:
                    if value.bool != false { isChanged = true }
                case "oneOf" where schema["anyOf"] == nil:
                    isChanged = true
                    json.key("anyOf")
                    writeAll(value, to: &json)
                case _ where Self.isRefused(name, value): refused.append("\(name): \(JSONText(value))")
                default:
                    json.key(name)
                    writeMember(name, value, to: &json)
                }
            }
            if isObject {
                if schema["additionalProperties"] == nil { isChanged = true }
                json.member("additionalProperties", false)
            }
            writeDescription(schema["description"]?.string, refused: refused, to: &json)
        }
    }

    private mutating func writeMember(_ name: String, _ value: JSONElement, to json: inout JSONWriter) {
        switch name {
        case "properties", "$defs", "definitions":
            guard value.kind == .object else { return json.json(JSONText(value)) }
            json.object { json in
                for member in value.members {
                    json.key(member.name)
                    write(member.value, to: &json)
                }
            }
        case "anyOf", "allOf": writeAll(value, to: &json)
        case "items": write(value, to: &json)
        default: json.json(JSONText(value))
        }
    }

    private mutating func writeAll(_ schemas: JSONElement, to json: inout JSONWriter) {
        guard schemas.kind == .array else { return json.json(JSONText(schemas)) }
        json.array { json in for schema in schemas.elements { write(schema, to: &json) } }
    }

    private mutating func writeDescription(_ description: String?, refused: [String], to json: inout JSONWriter) {
        guard !refused.isEmpty else { return json.member("description", description) }
        isChanged = true
        let rules = "{\(refused.joined(separator: ", "))}"
        json.member("description", description.map { "\($0)\n\n\(rules)" } ?? rules)
    }

    private static func isObject(_ schema: JSONElement) -> Bool {
        guard let type = schema["type"] else { return schema["properties"] != nil }
        return type.string == "object" || type.elements.contains { $0.string == "object" }
    }

    private static func isRefused(_ name: String, _ value: JSONElement) -> Bool {
        switch name {
        case "minItems": !(value.integer == 0 || value.integer == 1)
        case "format": !formats.contains(value.string ?? "")
        default: refused.contains(name)
        }
    }

    private static let refused: Set<String> = [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
        "maxItems", "uniqueItems", "contains", "prefixItems", "minProperties", "maxProperties", "patternProperties",
        "propertyNames", "dependentRequired", "dependentSchemas", "not", "if", "then", "else",
    ]

    private static let formats: Set<String> = [
        "date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid",
    ]
}
