/// A JSON value. Members keep the order they were read or written in, and numbers the text they came with.
///
/// For the dialects whose requests are looked at in many places; chat completions are read by `MockJSONScanner` alone.
enum MockJSON: Sendable, Equatable {
    /// A member of an object.
    struct Member: Sendable, Equatable {
        let key: String
        var value: MockJSON
    }

    case object([Member])
    case array([MockJSON])
    case string(String)
    /// A number as it is written, `-1.5e3`.
    case number(String)
    case boolean(Bool)
    case null

    /// Members that have a value; the others are left out, which is not the same as being null.
    static func members(_ pairs: KeyValuePairs<String, MockJSON?>) -> MockJSON {
        .object(pairs.compactMap { pair in pair.value.map { Member(key: pair.key, value: $0) } })
    }

    static func number(_ value: Int) -> MockJSON {
        .number(String(value))
    }

    /// The member of that key; nil if there is none or this is no object.
    subscript(_ key: String) -> MockJSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    /// The member, or nil if it is null.
    func given(_ key: String) -> MockJSON? {
        guard let value = self[key], value != .null else { return nil }
        return value
    }

    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var elements: [MockJSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    var flag: Bool? {
        guard case .boolean(let flag) = self else { return nil }
        return flag
    }

    /// The value of a whole number that fits.
    var count: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    var kind: MockJSONScanner.Kind {
        switch self {
        case .object: .object
        case .array: .array
        case .string: .string
        case .number: .number
        case .boolean: .boolean
        case .null: .null
        }
    }
}

extension MockJSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number(String(value)) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(arrayLiteral elements: MockJSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, MockJSON)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }
}
