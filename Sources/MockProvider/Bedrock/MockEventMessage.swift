import NIOCore

/// A message of `application/vnd.amazon.eventstream`: two lengths and their checksum, headers, payload, and a checksum
/// of all that (Smithy's "Amazon Event Stream Specification").
struct MockEventMessage: Sendable {
    /// The type of header values that are text.
    private static let stringType: UInt8 = 7

    /// Names and values, each shorter than 256 bytes.
    let headers: [(name: String, value: String)]
    let payload: ByteBuffer

    /// An event of a stream.
    init(event: String, _ value: MockJSON) {
        self.init(value, [
            (":event-type", event), (":content-type", "application/json"), (":message-type", "event"),
        ])
    }

    /// An exception, behind which nothing follows.
    init(exception: String, message: String) {
        self.init(["message": .string(message)], [
            (":exception-type", exception), (":content-type", "application/json"), (":message-type", "exception"),
        ])
    }

    init(_ headers: [(name: String, value: String)], payload: ByteBuffer) {
        self.headers = headers
        self.payload = payload
    }

    private init(_ value: MockJSON, _ headers: [(name: String, value: String)]) {
        var payload = ByteBuffer()
        payload.write(value)
        self.init(headers, payload: payload)
    }

    /// The message's bytes; with `isBroken` its last checksum does not hold.
    func bytes(isBroken: Bool = false) -> ByteBuffer {
        var fields = ByteBuffer()
        for (name, value) in headers {
            fields.writeInteger(UInt8(truncatingIfNeeded: name.utf8.count))
            fields.writeString(name)
            fields.writeInteger(Self.stringType)
            fields.writeInteger(UInt16(truncatingIfNeeded: value.utf8.count))
            fields.writeString(value)
        }
        var buffer = ByteBuffer()
        // Sixteen bytes: the two lengths and the two checksums.
        buffer.writeInteger(UInt32(truncatingIfNeeded: 16 + fields.readableBytes + payload.readableBytes))
        buffer.writeInteger(UInt32(truncatingIfNeeded: fields.readableBytes))
        buffer.writeInteger(MockCRC32.of(buffer.readableBytesView))
        buffer.writeImmutableBuffer(fields)
        buffer.writeImmutableBuffer(payload)
        let checksum = MockCRC32.of(buffer.readableBytesView)
        buffer.writeInteger(isBroken ? ~checksum : checksum)
        return buffer
    }
}

/// The checksum of Ethernet and zip (reflected polynomial 0xEDB88320).
enum MockCRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { $0 >> 8 ^ table[Int(($0 ^ UInt32($1)) & 255)] }
    }
}
