internal import GatewayCore

/// A schema in the words of OpenAPI that Gemini knows.
struct GeminiSchema {
    /// `STRING`, `NUMBER`, `INTEGER`, `BOOLEAN`, `ARRAY` or `OBJECT`; nil beside `anyOf`.
    var type: String?
    var isNullable = false
    var values: [String] = []
    var properties: [Property] = []
    var required: [String] = []
    /// The schema of an array's elements: at most one.
    var items: [GeminiSchema] = []
    var anyOf: [GeminiSchema] = []
    /// Words that mean the same in both, with their values.
    var plain: [(name: String, value: JSONText)] = []

    init(type: String? = nil) { self.type = type }

    /// A member of an object.
    struct Property {
        let name: String
        let schema: GeminiSchema
    }

    /// - Parameter keepsOrder: whether the model is told to answer in the order of the properties.
    func write(to json: inout JSONWriter, keepsOrder: Bool) {
        json.object { json in
            json.member("type", type)
            if isNullable { json.member("nullable", true) }
            for word in plain { json.member(word.name, word.value) }
            if !values.isEmpty { json.array("enum") { for value in values { $0.string(value) } } }
            if let items = items.first {
                json.key("items")
                items.write(to: &json, keepsOrder: keepsOrder)
            }
            if !properties.isEmpty { writeProperties(to: &json, keepsOrder: keepsOrder) }
            if !anyOf.isEmpty {
                json.array("anyOf") { json in
                    for schema in anyOf { schema.write(to: &json, keepsOrder: keepsOrder) }
                }
            }
        }
    }

    private func writeProperties(to json: inout JSONWriter, keepsOrder: Bool) {
        json.object("properties") { json in
            for property in properties {
                json.key(property.name)
                property.schema.write(to: &json, keepsOrder: keepsOrder)
            }
        }
        // A name that is no property is refused.
        let known = required.filter { name in properties.contains { $0.name == name } }
        if !known.isEmpty { json.array("required") { for name in known { $0.string(name) } } }
        if keepsOrder, properties.count > 1 {
            json.array("propertyOrdering") { for property in properties { $0.string(property.name) } }
        }
    }

    /// Takes on what another schema asks for too (`allOf`). Where both say the same word, the first one stays.
    mutating func merge(_ other: GeminiSchema) {
        type = type ?? other.type
        isNullable = isNullable || other.isNullable
        if values.isEmpty { values = other.values }
        for property in other.properties where !properties.contains(where: { $0.name == property.name }) {
            properties.append(property)
        }
        required += other.required.filter { !required.contains($0) }
        if items.isEmpty { items = other.items }
        if anyOf.isEmpty { anyOf = other.anyOf }
        for word in other.plain where !plain.contains(where: { $0.name == word.name }) { plain.append(word) }
    }
}
