package import NIOCore

/// Writing JSON into a buffer: what must be escaped is escaped, all else is copied.
extension ByteBuffer {
    /// Writes `string` in quotes. Runs of bytes that need no escape are copied whole; most strings are one run.
    package mutating func writeJSONString(_ string: String) {
        writeInteger(UInt8(ascii: "\""))
        let text = string.utf8
        let bytes = text.span
        var start = text.startIndex
        for position in bytes.indices {
            guard let escape = JSONEscape(bytes[position]) else { continue }
            let end = text.index(text.startIndex, offsetBy: position)
            writeSubstring(string[start..<end])
            for index in 0..<escape.count { writeInteger(escape.bytes[index]) }
            start = text.index(after: end)
        }
        if start == text.startIndex { writeString(string) } else { writeSubstring(string[start...]) }
        writeInteger(UInt8(ascii: "\""))
    }

    /// Appends one byte of UTF-8 as it must stand inside a JSON string.
    static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
        guard let escape = JSONEscape(byte) else { return output.append(byte) }
        for index in 0..<escape.count { output.append(escape.bytes[index]) }
    }
}
