/// Why some bytes are not the JSON that was expected, and where.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was expected and what was found, for the person who wrote the JSON.
    package let message: String
    /// Bytes from the start of the text.
    package let offset: Int
    /// Counted from 1, as editors do; the column counts bytes.
    package let line: Int
    package let column: Int

    init(_ message: String, at offset: Int, in text: Span<UInt8>) {
        var line = 1
        var lineStart = 0
        for index in 0..<min(offset, text.count) where text[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        self.message = message
        self.offset = offset
        self.line = line
        self.column = offset - lineStart + 1
    }

    package var description: String { "\(message) (line \(line), column \(column))" }
}
