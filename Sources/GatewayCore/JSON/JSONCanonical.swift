internal import NIOCore

/// One spelling for all texts of the same JSON value, so that a digest of it depends on the meaning alone: keys
/// sorted by their UTF-8 bytes, no white space, the fewest escapes, numbers of equal value alike.
package struct JSONCanonical {
    /// The canonical bytes so far.
    package private(set) var bytes: [UInt8]
    private let replacedIndex: Int?
    private let placeholder: StaticString
    /// Elements of arrays that are left out.
    private let dropped: Range<Int>

    /// - Parameters:
    ///   - prefix: what stands before the first value.
    ///   - replaced: an element of the same document to write as `placeholder` instead of its own value.
    ///   - placeholder: JSON text.
    ///   - dropped: the first of several neighbours in an array that are left out, and the one behind the last.
    package init(
        behind prefix: [UInt8] = [], replacing replaced: JSONElement? = nil, with placeholder: StaticString = "null",
        dropping dropped: (first: JSONElement, end: JSONElement)? = nil
    ) {
        self.dropped = dropped.map { $0.first.index..<max($0.first.index, $0.end.index) } ?? 0..<0
        self.bytes = prefix
        self.replacedIndex = replaced?.index
        self.placeholder = placeholder
    }

    /// Appends `element`.
    /// - Parameter omitting: names of members to leave out of this object (not of objects inside it).
    package mutating func append(_ element: JSONElement, omitting: Set<String> = []) {
        if element.index == replacedIndex {
            bytes.append(contentsOf: String(describing: placeholder).utf8)
            return
        }
        switch element.kind {
        case .object: appendObject(element, omitting: omitting)
        case .array: appendArray(element)
        case .string: appendString(element)
        case .number: bytes.append(contentsOf: Self.canonicalNumber(String(buffer: element.rawText)).utf8)
        case .true, .false, .null: appendRaw(element)
        }
    }

    /// A string without escapes is its own canonical spelling.
    private mutating func appendString(_ string: JSONElement) {
        if !string.node.hasEscapes { return appendRaw(string) }
        bytes.append(UInt8(ascii: "\""))
        for byte in string.decodedBytes { ByteBuffer.appendEscaped(byte, to: &bytes) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendRaw(_ element: JSONElement) {
        let text = element.document.text
        let start = text.readerIndex + element.range.lowerBound
        if let view = text.viewBytes(at: start, length: element.range.count) { bytes.append(contentsOf: view) }
    }

    private mutating func appendObject(_ object: JSONElement, omitting: Set<String>) {
        var members: [(name: String, member: JSONMember)] = []
        for member in object.members {
            let name = member.name
            if !omitting.contains(name) { members.append((name, member)) }
        }
        // Equal keys keep their order: a text with a doubled key must not pass for another one.
        members.sort { left, right in
            if left.name.utf8.elementsEqual(right.name.utf8) { return left.member.key.index < right.member.key.index }
            return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        bytes.append(UInt8(ascii: "{"))
        for (position, entry) in members.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            appendString(entry.member.key)
            bytes.append(UInt8(ascii: ":"))
            append(entry.member.value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func appendArray(_ array: JSONElement) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in array.elements {
            if dropped.contains(element.index) { continue }
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// 1, 1.0 and 1e0 are one number. Literals beyond what a double holds exactly keep their own spelling: two
    /// spellings of one huge number then count as two, which costs a hit and never makes a wrong one.
    static func canonicalNumber(_ literal: String) -> String {
        if literal == "-0" { return "0" }
        let isPlainInteger = literal.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: "-") }
        if isPlainInteger { return literal }
        let significant = literal.prefix { $0 != "e" && $0 != "E" }.utf8.count { $0 &- UInt8(ascii: "0") < 10 }
        guard significant <= 15, let value = Double(literal), value.isFinite, value != 0 || isZero(literal) else {
            return literal
        }
        if let integer = Int64(exactly: value), integer.magnitude < 1 << 53 { return String(integer) }
        return value.description
    }

    /// Whether all digits of the mantissa are 0, so that a double of 0 is no underflow.
    private static func isZero(_ literal: String) -> Bool {
        literal.utf8.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
            .allSatisfy { !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    }
}
