import NIOCore

extension ByteBuffer {
    /// Writes a value without white space.
    mutating func write(_ value: MockJSON) {
        write(value, comma: ",", colon: ":")
    }

    fileprivate mutating func write(_ value: MockJSON, comma: StaticString, colon: StaticString) {
        switch value {
        case .object(let members):
            writeStaticString("{")
            for (index, member) in members.enumerated() {
                if index > 0 { writeStaticString(comma) }
                writeJSON(member.key)
                writeStaticString(colon)
                write(member.value, comma: comma, colon: colon)
            }
            writeStaticString("}")
        case .array(let elements):
            writeStaticString("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { writeStaticString(comma) }
                write(element, comma: comma, colon: colon)
            }
            writeStaticString("]")
        case .string(let text): writeJSON(text)
        case .number(let text): writeString(text)
        case .boolean(let flag): writeStaticString(flag ? "true" : "false")
        case .null: writeStaticString("null")
        }
    }
}

extension MockJSON {
    /// The text with a space after each comma and colon, as models write it: cut before those, it streams in pieces.
    var spacedText: String {
        var buffer = ByteBuffer()
        buffer.write(self, comma: ", ", colon: ": ")
        return String(buffer: buffer)
    }
}
