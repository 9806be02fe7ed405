import NIOCore

/// One piece of a stream, ready to be sent.
struct MockFrame: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// Opens or closes something, and says nothing yet.
        case lifecycle
        /// Carries content, and keeps the pace.
        case token
        /// Tells that the answer is whole, or is of no use without that. Only such frames follow one.
        case terminal
    }

    let kind: Kind
    let bytes: ByteBuffer

    init(_ kind: Kind, _ bytes: ByteBuffer) {
        self.kind = kind
        self.bytes = bytes
    }

    /// A server-sent event.
    init(_ kind: Kind, event name: String? = nil, _ value: MockJSON) {
        self.init(kind, Self.event(name, value))
    }

    static func event(_ name: String?, _ value: MockJSON) -> ByteBuffer {
        var buffer = ByteBuffer()
        if let name { buffer.writeString("event: \(name)\n") }
        buffer.writeStaticString("data: ")
        buffer.write(value)
        buffer.writeStaticString("\n\n")
        return buffer
    }

    /// A server-sent event that ends before its JSON does.
    static func broken(event name: String? = nil) -> ByteBuffer {
        var buffer = ByteBuffer()
        if let name { buffer.writeString("event: \(name)\n") }
        buffer.writeStaticString("data: {\"type\":\"broken\",\"delta\":{\n\n")
        return buffer
    }
}
