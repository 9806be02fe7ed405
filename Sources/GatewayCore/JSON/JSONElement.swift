package import NIOCore

/// One value inside a ``JSONDocument``. A small view: it keeps the document alive and copies nothing.
package struct JSONElement: Sendable {
    package let document: JSONDocument
    let index: Int

    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    var node: JSONNode { document.nodes[index] }

    package var kind: JSONKind { node.kind }
    package var isNull: Bool { kind == .null }

    /// Where the value stands in the text, in bytes from its start; a string's quotes are inside.
    package var range: Range<Int> { Int(node.start)..<Int(node.end) }

    /// The bytes of the value as they were written.
    package var rawText: ByteBuffer {
        let text = document.text
        return text.getSlice(at: text.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }

    /// The decoded string; nil when this is not a string.
    package var string: String? {
        guard kind == .string else { return nil }
        if !node.hasEscapes {
            let text = document.text
            return text.getString(at: text.readerIndex + Int(node.start) + 1, length: range.count - 2)
        }
        return String(decoding: decodedBytes, as: UTF8.self)
    }

    /// The value of a whole number that fits; nil for other kinds and for 1.5 (1.0 and 1e3 are whole).
    package var integer: Int? {
        guard kind == .number else { return nil }
        let literal = String(buffer: rawText)
        if let integer = Int(literal) { return integer }
        return Double(literal).flatMap { Int(exactly: $0) }
    }

    /// The value of a number; nil for other kinds and for numbers beyond the range of a double.
    package var double: Double? {
        guard kind == .number, let value = Double(String(buffer: rawText)), value.isFinite else { return nil }
        return value
    }

    package var bool: Bool? {
        switch kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    /// The value of the last member named `key` (as every lenient parser takes it); nil when absent or no object.
    package subscript(_ key: String) -> JSONElement? {
        members.last { $0.hasName(key) }?.value
    }

    /// The members of an object in their order; empty for other kinds.
    package var members: JSONMembers { JSONMembers(element: self) }

    /// The elements of an array in their order; empty for other kinds.
    package var elements: JSONElements { JSONElements(inside: self, of: .array) }
}

// MARK: - Strings

extension JSONElement {
    /// The UTF-8 bytes of a string with its escapes decoded.
    var decodedBytes: [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count)
        let buffer = document.text
        let text = buffer.readableBytesUInt8Span
        var position = Int(node.start) + 1
        let end = Int(node.end) - 1
        while position < end {
            guard text[position] == UInt8(ascii: "\\") else {
                decoded.append(text[position])
                position += 1
                continue
            }
            switch text[position + 1] {
            case UInt8(ascii: "b"): decoded.append(0x08)
            case UInt8(ascii: "f"): decoded.append(0x0C)
            case UInt8(ascii: "n"): decoded.append(0x0A)
            case UInt8(ascii: "r"): decoded.append(0x0D)
            case UInt8(ascii: "t"): decoded.append(0x09)
            case UInt8(ascii: "u"):
                if let escape = JSONUnicodeEscape(at: position, in: text) {
                    decoded.append(contentsOf: UTF8.encode(escape.scalar) ?? .init())
                    position += escape.length
                    continue
                }
            case let plain: decoded.append(plain)
            }
            position += 2
        }
        return decoded
    }

    /// Whether this is the string `other`; allocates only when the text holds escapes.
    func isString(_ other: String) -> Bool {
        guard kind == .string else { return false }
        if node.hasEscapes { return decodedBytes.elementsEqual(other.utf8) }
        let start = Int(node.start) + 1
        guard other.utf8.count == range.count - 2 else { return false }
        let buffer = document.text
        let text = buffer.readableBytesUInt8Span
        var position = start
        for byte in other.utf8 {
            guard text[position] == byte else { return false }
            position += 1
        }
        return true
    }
}
