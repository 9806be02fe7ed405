/// A validating walk over one JSON text: the caller reads the members it needs and skips the rest, no tree is built.
///
/// Nesting is limited to `depthLimit`; numbers, escapes and literals are checked against RFC 8259 even where they are
/// skipped, so that a text is accepted only if all of it is JSON. All functions throw `invalidJSON` or `invalidType`.
struct MockJSONScanner {
    /// What the next value is, told by its first byte.
    enum Kind: String {
        case object, array, string, number, boolean, null
    }

    static let depthLimit = 128

    let bytes: [UInt8]
    var index = 0
    private var depth = 0
    /// Whether the last byte taken opened a container: the next member then needs no comma before it.
    private var isFreshlyOpened = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next byte that is not white space, not taken; nil at the end of the text.
    mutating func peek() -> UInt8? {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            case let byte: return byte
            }
        }
        return nil
    }

    /// What the next value is; takes nothing.
    mutating func kind() throws(MockProviderError) -> Kind {
        guard let first = peek() else { throw malformed("a value") }
        switch first {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw malformed("a value")
        }
    }

    /// Takes `{`; the members follow by `nextKey()` until it answers nil.
    mutating func openObject() throws(MockProviderError) {
        try open(UInt8(ascii: "{"))
    }

    /// Takes `[`; the elements follow, each announced by `nextElement()`.
    mutating func openArray() throws(MockProviderError) {
        try open(UInt8(ascii: "["))
    }

    /// The next member's key with its colon taken, or nil once the object is closed.
    mutating func nextKey() throws(MockProviderError) -> String? {
        guard try advance(closing: UInt8(ascii: "}")) else { return nil }
        let key = try string()
        try take(UInt8(ascii: ":"))
        return key
    }

    /// Whether an element follows; false once the array is closed.
    mutating func nextElement() throws(MockProviderError) -> Bool {
        try advance(closing: UInt8(ascii: "]"))
    }

    /// Takes `true` or `false`.
    mutating func boolean() throws(MockProviderError) -> Bool {
        if peek() == UInt8(ascii: "t") {
            try literal("true")
            return true
        }
        try literal("false")
        return false
    }

    /// Takes the next value whatever it is.
    mutating func skipValue() throws(MockProviderError) {
        switch try kind() {
        case .object:
            try openObject()
            while try advance(closing: UInt8(ascii: "}")) {
                try skipString()
                try take(UInt8(ascii: ":"))
                try skipValue()
            }
        case .array:
            try openArray()
            while try nextElement() { try skipValue() }
        case .string: try skipString()
        case .number: _ = try number()
        case .boolean: _ = try boolean()
        case .null: try literal("null")
        }
    }

    /// Throws unless only white space is left.
    mutating func end() throws(MockProviderError) {
        guard peek() == nil else { throw malformed("the end of the text") }
    }

    mutating func take(_ byte: UInt8) throws(MockProviderError) {
        guard peek() == byte else { throw malformed("'\(Character(UnicodeScalar(byte)))'") }
        index += 1
    }

    mutating func literal(_ text: StaticString) throws(MockProviderError) {
        let expected = text.description.utf8
        guard bytes[index...].starts(with: expected) else { throw malformed("'\(text)'") }
        index += expected.count
    }

    /// The error that says what was expected at the scanner's place.
    func malformed(_ expected: String) -> MockProviderError {
        let found = index < bytes.count ? "byte 0x\(String(bytes[index], radix: 16))" : "the end"
        return MockProviderError(
            .invalidJSON, "The request body is not JSON: expected \(expected) at byte \(index), found \(found).")
    }

    private mutating func open(_ byte: UInt8) throws(MockProviderError) {
        try take(byte)
        guard depth < Self.depthLimit else { throw malformed("at most \(Self.depthLimit) levels of nesting") }
        depth += 1
        isFreshlyOpened = true
    }

    /// Takes the comma before a member that is not the first, or the closing byte; says whether a member follows.
    private mutating func advance(closing: UInt8) throws(MockProviderError) -> Bool {
        let isFirst = isFreshlyOpened
        isFreshlyOpened = false
        let next = peek()
        if next == closing {
            index += 1
            depth -= 1
            return false
        }
        if !isFirst { try take(UInt8(ascii: ",")) }
        return true
    }
}
