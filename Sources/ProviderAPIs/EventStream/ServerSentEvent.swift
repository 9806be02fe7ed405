package import NIOCore

/// One event of a `text/event-stream` body.
package struct ServerSentEvent: Sendable, Equatable {
    /// The `event:` field; nil when it is absent or empty.
    package let name: String?
    /// The `data:` lines, joined by line feeds. May be a view into a received piece: copy what must outlive it.
    package let data: ByteBuffer

    package init(name: String? = nil, data: ByteBuffer) {
        self.name = name
        self.data = data
    }

    /// The frame of an event: its name if it has one, each line of `data` behind `data: `, and a blank line.
    package static func frame(_ data: ByteBuffer, name: String? = nil) -> ByteBuffer {
        var frame = ByteBufferAllocator().buffer(capacity: data.readableBytes + 16 + (name?.utf8.count ?? 0))
        if let name { frame.writeString("event: \(name)\n") }
        var rest = data
        while let length = lineLength(rest) {
            frame.writeStaticString("data: ")
            if let line = rest.readSlice(length: length) { frame.writeImmutableBuffer(line) }
            frame.writeStaticString("\n")
            rest.moveReaderIndex(forwardBy: 1)
        }
        frame.writeStaticString("data: ")
        frame.writeImmutableBuffer(rest)
        frame.writeStaticString("\n\n")
        return frame
    }

    /// Bytes in front of the first line feed; nil when there is none.
    private static func lineLength(_ data: ByteBuffer) -> Int? {
        let text = data.readableBytesUInt8Span
        for position in 0..<text.count where text[position] == UInt8(ascii: "\n") { return position }
        return nil
    }
}
