/// Checks a whole JSON text (RFC 8259) in one pass and writes its tape.
///
/// Strict: no comments, no trailing commas, valid UTF-8 only, no lone surrogates, nothing behind the value.
/// Recursion is bounded by `depthLimit`, so no input can exhaust the stack.
struct JSONParser: ~Escapable {
    private let text: Span<UInt8>
    private let depthLimit: Int
    private var position = 0
    private(set) var nodes: [JSONNode] = []

    @_lifetime(copy text)
    init(text: Span<UInt8>, depthLimit: Int) {
        self.text = text
        self.depthLimit = depthLimit
        nodes.reserveCapacity(max(16, text.count / 16))
    }

    /// Parses one value and demands the end of the text behind it.
    mutating func parseDocument() throws(JSONError) {
        guard text.count < Int(UInt32.max) else { throw failure("the text is 4 GiB or longer") }
        skipWhiteSpace()
        try parseValue(depth: 0)
        skipWhiteSpace()
        guard position == text.count else { throw failure("expected the end of the text, found \(found)") }
    }

    private mutating func parseValue(depth: Int) throws(JSONError) {
        guard position < text.count else { throw failure("expected a value, found the end of the text") }
        switch text[position] {
        case UInt8(ascii: "{"): try parseObject(depth: depth + 1)
        case UInt8(ascii: "["): try parseArray(depth: depth + 1)
        case UInt8(ascii: "\""): try parseString()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber()
        case UInt8(ascii: "t"): try parseWord("true", .true)
        case UInt8(ascii: "f"): try parseWord("false", .false)
        case UInt8(ascii: "n"): try parseWord("null", .null)
        default: throw failure("expected a value, found \(found)")
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONError) {
        let index = try open(.object, depth: depth)
        skipWhiteSpace()
        if take(UInt8(ascii: "}")) { return close(index) }
        while true {
            skipWhiteSpace()
            guard peek == UInt8(ascii: "\"") else { throw failure("expected a key in quotes, found \(found)") }
            try parseString()
            skipWhiteSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("expected ':' behind the key, found \(found)") }
            skipWhiteSpace()
            try parseValue(depth: depth)
            skipWhiteSpace()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "}")) { return close(index) }
            throw failure("expected ',' or '}' in the object, found \(found)")
        }
    }

    private mutating func parseArray(depth: Int) throws(JSONError) {
        let index = try open(.array, depth: depth)
        skipWhiteSpace()
        if take(UInt8(ascii: "]")) { return close(index) }
        while true {
            skipWhiteSpace()
            try parseValue(depth: depth)
            skipWhiteSpace()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "]")) { return close(index) }
            throw failure("expected ',' or ']' in the array, found \(found)")
        }
    }

    private mutating func parseString() throws(JSONError) {
        let start = position
        position += 1
        var hasEscapes = false
        while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                append(.string, from: start, hasEscapes: hasEscapes)
                return
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try parseEscape()
            case 0x20..<0x80:
                position += 1
            case 0x80...:
                guard let length = UTF8Sequence.length(at: position, in: text) else {
                    throw failure("expected UTF-8, found the byte 0x\(String(byte, radix: 16))")
                }
                position += length
            default:
                throw failure("a control character in a string must be escaped")
            }
        }
        throw failure("a string is not closed")
    }

    /// Stands on a backslash; leaves behind the escape. A surrogate must come as a pair.
    private mutating func parseEscape() throws(JSONError) {
        guard position + 1 < text.count else { throw failure("a string is not closed") }
        switch text[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            guard let escape = JSONUnicodeEscape(at: position, in: text) else {
                throw failure("expected \\u and four hexadecimal digits, a surrogate with its pair")
            }
            position += escape.length
        default:
            throw failure("expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u")
        }
    }

    private mutating func parseNumber() throws(JSONError) {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) {
            guard skipDigits() else { throw failure("expected a digit, found \(found)") }
        }
        if take(UInt8(ascii: ".")) {
            guard skipDigits() else { throw failure("expected a digit behind the point, found \(found)") }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard skipDigits() else { throw failure("expected a digit in the exponent, found \(found)") }
        }
        append(.number, from: start)
    }

    private mutating func parseWord(_ word: StaticString, _ kind: JSONKind) throws(JSONError) {
        let start = position
        for letter in String(describing: word).utf8 {
            guard take(letter) else { throw failure("expected '\(word)', found \(found)") }
        }
        append(kind, from: start)
    }
}

// MARK: - Steps

extension JSONParser {
    private var peek: UInt8? { position < text.count ? text[position] : nil }

    /// What stands at the position, for messages.
    private var found: String {
        guard let byte = peek else { return "the end of the text" }
        return byte >= 0x20 && byte < 0x7F
            ? "'\(Character(Unicode.Scalar(byte)))'" : "the byte 0x\(String(byte, radix: 16))"
    }

    private func failure(_ message: String) -> JSONError {
        JSONError(message, at: position, in: text)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while position < text.count, text[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        return position > start
    }

    private mutating func append(_ kind: JSONKind, from start: Int, hasEscapes: Bool = false) {
        let next = UInt32(nodes.count + 1)
        nodes.append(
            JSONNode(start: UInt32(start), end: UInt32(position), next: next, kind: kind, hasEscapes: hasEscapes))
    }

    private mutating func open(_ kind: JSONKind, depth: Int) throws(JSONError) -> Int {
        guard depth <= depthLimit else { throw failure("nested deeper than \(depthLimit) levels") }
        let start = position
        position += 1
        append(kind, from: start)
        return nodes.count - 1
    }

    private mutating func close(_ index: Int) {
        nodes[index].end = UInt32(position)
        nodes[index].next = UInt32(nodes.count)
    }
}
