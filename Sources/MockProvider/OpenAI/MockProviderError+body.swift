import NIOCore

extension MockProviderError {
    /// OpenAI's error object.
    var body: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(192 + message.utf8.count)
        buffer.writeStaticString("{\"error\":{\"message\":")
        buffer.writeJSON(message)
        buffer.writeStaticString(",\"type\":")
        buffer.writeJSON(Self.type(ofStatus: status))
        buffer.writeStaticString(",\"param\":")
        if let param { buffer.writeJSON(param) } else { buffer.writeStaticString("null") }
        buffer.writeStaticString(",\"code\":")
        buffer.writeJSON(code.name)
        buffer.writeStaticString("}}")
        return buffer
    }
}
