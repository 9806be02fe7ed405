/// The subset of OpenAPI's schemas that Google takes in `parameters` and `responseSchema`; other words are errors
/// there, while `parametersJsonSchema` and `responseJsonSchema` take JSON Schema.
enum MockOpenAPISchema {
    private static let known: Set = [
        "type", "format", "title", "description", "nullable", "enum", "maxItems", "minItems", "properties", "required",
        "minProperties", "maxProperties", "minLength", "maxLength", "pattern", "example", "anyOf", "propertyOrdering",
        "default", "items", "minimum", "maximum", "additionalProperties", "ref", "defs",
    ]

    /// Throws for the first word that Google does not know.
    static func check(_ schema: MockJSON, at place: String) throws(MockProviderError) {
        for member in schema.members ?? [] {
            let key = camel(member.key)
            guard known.contains(key) else {
                throw MockProviderError(
                    .invalidValue,
                    "Invalid JSON payload received. Unknown name \"\(member.key)\" at '\(place)': Cannot find field.")
            }
            switch key {
            case "type":
                guard member.value.text != nil else {
                    throw MockProviderError(
                        .invalidType,
                        "Invalid JSON payload received. Unknown name \"type\" at '\(place)': Proto field is not "
                            + "repeating, cannot start list.")
                }
            case "items": try check(member.value, at: place + ".items")
            case "properties":
                for property in member.value.members ?? [] {
                    try check(property.value, at: "\(place).properties[\(property.key)].value")
                }
            case "anyOf":
                for (index, option) in (member.value.elements ?? []).enumerated() {
                    try check(option, at: "\(place).any_of[\(index)]")
                }
            default: break
            }
        }
    }

    private static func camel(_ name: String) -> String {
        let parts = name.split(separator: "_", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(into: String(parts.first ?? "")) { text, part in
            text += part.prefix(1).uppercased() + part.dropFirst()
        }
    }
}
