/// Makes a value that a JSON Schema accepts, the same for the same seed.
///
/// Knows what APIs allow in schemas of answers and tools: types, properties, items, enum, const, anyOf, oneOf, allOf,
/// references into `$defs`, bounds of numbers, lengths and the common formats; also Gemini's upper-case types. What it
/// does not know (`pattern`, `not`) it passes over. Recursion ends at `depthLimit`; from half of that on optional
/// members are left out.
struct MockSchemaInstance {
    static let depthLimit = 8
    private static let elementLimit = 64

    private let root: MockJSON
    private var draw: MockDraw

    init(_ schema: MockJSON, seed: UInt64) {
        root = schema
        draw = MockDraw(seed: seed)
    }

    /// The next value; any object if the schema says nothing.
    mutating func value() -> MockJSON {
        value(of: root, named: "value", depth: 0)
    }

    private mutating func value(of schema: MockJSON, named name: String, depth: Int) -> MockJSON {
        guard depth <= Self.depthLimit else { return .null }
        if let target = schema.given("$ref")?.text {
            return resolve(target).map { value(of: $0, named: name, depth: depth + 1) } ?? .null
        }
        if let constant = schema["const"] { return constant }
        if let values = schema["enum"]?.elements, !values.isEmpty { return values[index(below: values.count)] }
        if let options = (schema["anyOf"] ?? schema["oneOf"])?.elements {
            let option = options.first { Self.type(of: $0) != "null" } ?? options.first
            return option.map { value(of: $0, named: name, depth: depth + 1) } ?? .null
        }
        if let parts = schema["allOf"]?.elements { return merged(schema, parts, named: name, depth: depth) }
        switch Self.type(of: schema) {
        case "array": return array(schema, named: name, depth: depth)
        case "string": return .string(string(schema, named: name))
        case "integer", "number": return .number(number(schema))
        case "boolean": return .boolean(draw.next() & 1 == 1)
        case "null": return .null
        default: return object(schema, depth: depth)
        }
    }

    /// The first type that is not null, in lower case; an object if none is given.
    private static func type(of schema: MockJSON) -> String {
        let types = schema["type"]?.elements?.compactMap(\.text) ?? [schema["type"]?.text].compactMap { $0 }
        let chosen = types.first { $0.lowercased() != "null" } ?? types.first
        return chosen?.lowercased() ?? (schema["items"] == nil ? "object" : "array")
    }

    private func resolve(_ reference: String) -> MockJSON? {
        guard reference.hasPrefix("#") else { return nil }
        var place = root
        for part in reference.dropFirst().split(separator: "/") {
            let key = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
            guard let next = place[key] else { return nil }
            place = next
        }
        return place
    }

    private mutating func merged(
        _ schema: MockJSON, _ parts: [MockJSON], named name: String, depth: Int
    ) -> MockJSON {
        var rest = schema.members?.filter { $0.key != "allOf" } ?? []
        if rest.isEmpty, parts.count == 1 { return value(of: parts[0], named: name, depth: depth + 1) }
        rest = rest.filter { $0.key == "properties" || $0.key == "type" }
        var members: [MockJSON.Member] = []
        for part in parts + [.object(rest)] where !(part.members?.isEmpty ?? true) {
            guard let found = value(of: part, named: name, depth: depth + 1).members else { continue }
            members += found.filter { new in !members.contains { $0.key == new.key } }
        }
        return .object(members)
    }

    private mutating func object(_ schema: MockJSON, depth: Int) -> MockJSON {
        let required = schema["required"]?.elements?.compactMap(\.text) ?? []
        var members: [MockJSON.Member] = []
        for property in schema["properties"]?.members ?? [] {
            if depth >= Self.depthLimit / 2, !required.contains(property.key) { continue }
            let made = value(of: property.value, named: property.key, depth: depth + 1)
            members.append(MockJSON.Member(key: property.key, value: made))
        }
        return .object(members)
    }

    private mutating func array(_ schema: MockJSON, named name: String, depth: Int) -> MockJSON {
        let fixed = schema["prefixItems"]?.elements ?? []
        let least = Self.bound(schema, "minItems") ?? (depth >= Self.depthLimit / 2 ? 0 : 1)
        let most = Self.bound(schema, "maxItems") ?? Double(Self.elementLimit)
        let count = Int(max(0, min(max(least, Double(fixed.count)), most, Double(Self.elementLimit))))
        var elements: [MockJSON] = []
        for index in 0..<count {
            let item = index < fixed.count ? fixed[index] : schema["items"] ?? ["type": "string"]
            elements.append(value(of: item, named: name, depth: depth + 1))
        }
        return .array(elements)
    }

    private mutating func string(_ schema: MockJSON, named name: String) -> String {
        let stamp = String(MockDigest("\(draw.next())").hex.suffix(8))
        switch schema["format"]?.text {
        case "date-time": return "2026-01-\(10 + index(below: 19))T12:00:00Z"
        case "date": return "2026-01-\(10 + index(below: 19))"
        case "time": return "12:00:\(10 + index(below: 50))Z"
        case "email": return "\(stamp)@example.com"
        case "uri", "url": return "https://example.com/\(stamp)"
        case "uuid": return "\(stamp)-0000-4000-8000-000000000000"
        default: break
        }
        var text = "\(name) \(stamp)"
        let least = min(Self.bound(schema, "minLength") ?? 0, 65_536)
        while Double(text.count) < least { text += " \(stamp)" }
        let most = Self.bound(schema, "maxLength") ?? .infinity
        return most < Double(text.count) ? String(text.prefix(Int(most))) : text
    }

    private mutating func number(_ schema: MockJSON) -> String {
        let isWhole = Self.type(of: schema) == "integer"
        var least = Self.bound(schema, "minimum", isSigned: true) ?? -.infinity
        var most = Self.bound(schema, "maximum", isSigned: true) ?? .infinity
        let gap = isWhole ? 1 : 0.25
        if let above = Self.bound(schema, "exclusiveMinimum", isSigned: true) { least = max(least, above + gap) }
        if let below = Self.bound(schema, "exclusiveMaximum", isSigned: true) { most = min(most, below - gap) }
        if least == -.infinity { least = min(1, most) }
        var value = min(least + Double(index(below: 9)) + (isWhole ? 0 : 0.5), most)
        if let step = Self.bound(schema, "multipleOf"), step > 0 {
            let multiple = (least / step).rounded(.up) * step
            if abs(multiple) <= 2e15 { value = multiple }
        }
        if isWhole { return String(Int64(value.rounded(value < least + 1 ? .up : .down))) }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    /// A bound, also one written as a string as Gemini's are; far from where numbers overflow.
    /// - Parameter isSigned: whether it may be negative.
    private static func bound(_ schema: MockJSON, _ key: String, isSigned: Bool = false) -> Double? {
        let text: String? = switch schema[key] {
        case .number(let text): text
        case .string(let text): text
        default: nil
        }
        guard let value = text.flatMap(Double.init), value.isFinite else { return nil }
        return max(isSigned ? -1e15 : 0, min(value, 1e15))
    }

    private mutating func index(below count: Int) -> Int {
        Int(draw.next() % UInt64(max(1, count)))
    }
}
