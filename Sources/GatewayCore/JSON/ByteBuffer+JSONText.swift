package import NIOCore

/// Writing JSON into a buffer: what must be escaped is escaped, all else is copied.
extension ByteBuffer {
    /// Writes `string` in quotes.
    package mutating func writeJSONString(_ string: String) {
        writeInteger(UInt8(ascii: "\""))
        defer { writeInteger(UInt8(ascii: "\"")) }
        // Most have nothing to escape.
        if !string.utf8.contains(where: Self.isEscaped) {
            writeString(string)
            return
        }
        var plain: [UInt8] = []
        plain.reserveCapacity(string.utf8.count)
        for byte in string.utf8 { Self.appendEscaped(byte, to: &plain) }
        writeBytes(plain)
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Appends one byte of UTF-8 as it must stand inside a JSON string.
    static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            output.append(UInt8(ascii: "\\"))
            output.append(byte)
        case 0x0A: output.append(contentsOf: "\\n".utf8)
        case 0x0D: output.append(contentsOf: "\\r".utf8)
        case 0x09: output.append(contentsOf: "\\t".utf8)
        case 0..<0x20:
            output.append(contentsOf: byte < 0x10 ? "\\u000".utf8 : "\\u00".utf8)
            output.append(contentsOf: String(byte, radix: 16).utf8)
        default: output.append(byte)
        }
    }
}
