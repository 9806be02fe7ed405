internal import GatewayCore

/// Turns JSON Schema into the subset of OpenAPI that older models of Gemini take: references stand in place, `const`
/// is an `enum` of one, `oneOf` an `anyOf`, a list of types is `nullable` or an `anyOf`. What has no word there is left
/// out; the model refuses the whole request for a word it does not know.
struct GeminiSchemaReader {
    private let root: JSONElement
    /// The words that were left out and say something of the answer.
    private(set) var dropped: [String] = []
    /// The references that are being followed: one inside itself ends there.
    private var open: [String] = []
    /// References to references multiply: beyond this many schemas the rest is left open.
    private var budget = 4096

    init(root: JSONElement) { self.root = root }

    mutating func read() -> GeminiSchema { read(root, isRoot: true) }

    private mutating func drop(_ word: String) {
        if !dropped.contains(word), dropped.count < 32 { dropped.append(word) }
    }

    private mutating func read(_ element: JSONElement, isRoot: Bool = false) -> GeminiSchema {
        var schema = GeminiSchema()
        budget -= 1
        guard budget > 0 else {
            drop("$ref")
            schema.type = "STRING"
            return schema
        }
        if let types = element["type"] { read(types: types, into: &schema) }
        for member in element.members { read(member, of: element, into: &schema) }
        settle(&schema, isRoot: isRoot)
        return schema
    }

    private mutating func read(types: JSONElement, into schema: inout GeminiSchema) {
        let names = types.string.map { [$0] } ?? types.elements.compactMap(\.string)
        var kinds: [String] = []
        for name in names {
            if name.lowercased() == "null" { schema.isNullable = true } else { kinds.append(name.uppercased()) }
        }
        let known = kinds.filter(Self.types.contains)
        if known.count == 1 { schema.type = known[0] }
        if known.count > 1 { schema.anyOf = known.map { Self.completed(GeminiSchema(type: $0)) } }
    }

    private mutating func read(_ member: JSONMember, of element: JSONElement, into schema: inout GeminiSchema) {
        let value = member.value
        switch member.name {
        // Read already, or nothing that an answer could show.
        case "type", "$defs", "definitions", "$schema", "$id", "$comment", "$anchor", "title", "readOnly",
            "writeOnly", "deprecated":
            break
        case "description", "minItems", "maxItems", "minProperties", "maxProperties", "minLength", "maxLength",
            "pattern", "minimum", "maximum":
            schema.plain.append((member.name, JSONText(value)))
        case "nullable": schema.isNullable = schema.isNullable || value.bool == true
        case "format": readFormat(value, type: schema.type, into: &schema)
        case "enum": readValues(Array(value.elements), word: "enum", into: &schema)
        case "const": readValues([value], word: "const", into: &schema)
        case "properties":
            for property in value.members {
                schema.properties.append(.init(name: property.name, schema: read(property.value)))
            }
        case "required": schema.required += value.elements.compactMap(\.string)
        case "items": schema.items = [read(value)]
        case "anyOf", "oneOf": readChoices(Array(value.elements), into: &schema)
        case "allOf": for other in value.elements { schema.merge(read(other)) }
        case "$ref": follow(value, into: &schema)
        case "exclusiveMinimum", "exclusiveMaximum": readBorder(member.name, value, element, into: &schema)
        // No other properties is what the model keeps to anyway.
        case "additionalProperties" where value.bool == false: break
        default: drop(member.name)
        }
    }

    private mutating func readFormat(_ value: JSONElement, type: String?, into schema: inout GeminiSchema) {
        let known = ["date-time", "enum", "float", "double", "int32", "int64"]
        if let format = value.string, known.contains(format) {
            schema.plain.append(("format", JSONText(value)))
        } else {
            drop("format")
        }
    }

    /// Values are texts here.
    private mutating func readValues(_ values: [JSONElement], word: String, into schema: inout GeminiSchema) {
        let texts = values.filter { !$0.isNull }
        if texts.count < values.count { schema.isNullable = true }
        if texts.allSatisfy({ $0.kind == .string }) {
            schema.values = texts.compactMap(\.string)
        } else {
            drop(word)
            if schema.type == nil { schema.type = texts.first.flatMap(Self.type) }
        }
    }

    private mutating func readChoices(_ choices: [JSONElement], into schema: inout GeminiSchema) {
        var read: [GeminiSchema] = []
        for choice in choices {
            if choice["type"]?.string == "null" { schema.isNullable = true } else { read.append(self.read(choice)) }
        }
        if read.count == 1 { schema.merge(read[0]) } else { schema.anyOf += read }
    }

    private mutating func readBorder(
        _ word: String, _ value: JSONElement, _ element: JSONElement, into schema: inout GeminiSchema
    ) {
        let isLower = word == "exclusiveMinimum"
        let plain = isLower ? "minimum" : "maximum"
        guard schema.type == "INTEGER", let border = value.integer, element[plain] == nil, border > -(1 << 53),
            border < 1 << 53
        else { return drop(word) }
        var json = JSONWriter()
        json.integer(isLower ? border + 1 : border - 1)
        schema.plain.append((plain, JSONText(valid: json.bytes)))
    }

    // MARK: - References

    private mutating func follow(_ reference: JSONElement, into schema: inout GeminiSchema) {
        guard let pointer = reference.string, !open.contains(pointer), open.count < 32, let target = resolve(pointer)
        else { return drop("$ref") }
        open.append(pointer)
        schema.merge(read(target))
        open.removeLast()
    }

    /// JSON pointers into the schema itself (RFC 6901).
    private func resolve(_ pointer: String) -> JSONElement? {
        guard pointer.hasPrefix("#") else { return nil }
        var element = root
        for step in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: true) {
            let name = String(step).replacing("~1", with: "/").replacing("~0", with: "~")
            guard let next = element[name] else { return nil }
            element = next
        }
        return element
    }

    // MARK: - What must be there

    private func settle(_ schema: inout GeminiSchema, isRoot: Bool) {
        if schema.type == nil, schema.anyOf.isEmpty {
            if !schema.properties.isEmpty || isRoot { schema.type = "OBJECT" } else {
                schema.type = schema.items.isEmpty ? "STRING" : "ARRAY"
            }
        }
        if schema.type != "STRING" { schema.values = schema.type == nil ? schema.values : [] }
        schema = Self.completed(schema)
    }

    /// An array must say of what.
    private static func completed(_ schema: GeminiSchema) -> GeminiSchema {
        var schema = schema
        if schema.type == "ARRAY", schema.items.isEmpty { schema.items = [GeminiSchema(type: "STRING")] }
        return schema
    }

    private static func type(of value: JSONElement) -> String? {
        switch value.kind {
        case .number: value.integer == nil ? "NUMBER" : "INTEGER"
        case .true, .false: "BOOLEAN"
        case .string: "STRING"
        case .array, .object, .null: nil
        }
    }

    private static let types: Set<String> = ["STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT"]
}
