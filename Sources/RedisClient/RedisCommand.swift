package import NIOCore

/// A command with its arguments, already in wire form but for the leading count.
///
/// Written straight into the wire form rather than by `redisFormatSdsCommandArgv`: that wants an array of
/// pointers that all stay valid at once, which Swift values cannot give without copying each argument first,
/// and its result must be copied again into the socket's buffer.
package struct RedisCommand: Sendable {
    /// Every argument as `$<length>\r\n<bytes>\r\n`, the name first.
    private var body: [UInt8]
    private var count: Int

    /// - Parameters:
    ///   - name: one word; a subcommand such as `SETNAME` is an argument.
    ///   - capacity: bytes to set aside, so that appending does not reallocate.
    package init(_ name: StaticString, capacity: Int = 96) {
        body = []
        body.reserveCapacity(capacity)
        count = 1
        let length = name.utf8CodeUnitCount
        appendHeader(length)
        body.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: length))
        appendLineEnd()
    }

    /// A command with all its arguments at once.
    package init(_ name: StaticString, _ arguments: RedisArgument...) {
        self.init(name)
        for argument in arguments { append(argument) }
    }

    package mutating func append(_ argument: String) {
        count += 1
        var argument = argument
        argument.withUTF8 { text in
            appendHeader(text.count)
            body.append(contentsOf: text)
        }
        appendLineEnd()
    }

    package mutating func append(_ argument: [UInt8]) {
        count += 1
        appendHeader(argument.count)
        body.append(contentsOf: argument)
        appendLineEnd()
    }

    /// Appends the readable bytes.
    package mutating func append(_ argument: ByteBuffer) {
        count += 1
        appendHeader(argument.readableBytes)
        argument.withUnsafeReadableBytes { body.append(contentsOf: $0) }
        appendLineEnd()
    }

    /// Appends the number in decimal.
    package mutating func append(_ argument: Int) {
        count += 1
        appendHeader(Self.decimalLength(argument))
        Self.appendDecimal(argument, to: &body)
        appendLineEnd()
    }

    package mutating func append(_ argument: RedisArgument) {
        switch argument {
        case .string(let text): append(text)
        case .bytes(let bytes): append(bytes)
        case .buffer(let buffer): append(buffer)
        case .integer(let value): append(value)
        }
    }

    /// Writes the whole command as the server reads it.
    func encode(into buffer: inout ByteBuffer) {
        var head: [UInt8] = []
        if count < 10 {
            buffer.writeMultipleIntegers(
                UInt8(ascii: "*"), UInt8(ascii: "0") + UInt8(truncatingIfNeeded: count), UInt16(0x0D0A))
        } else {
            head.append(UInt8(ascii: "*"))
            Self.appendDecimal(count, to: &head)
            head.append(contentsOf: [0x0D, 0x0A])
            buffer.writeBytes(head)
        }
        buffer.writeBytes(body)
    }

    private mutating func appendHeader(_ length: Int) {
        body.append(UInt8(ascii: "$"))
        Self.appendDecimal(length, to: &body)
        appendLineEnd()
    }

    private mutating func appendLineEnd() {
        body.append(0x0D)
        body.append(0x0A)
    }

    private static func decimalLength(_ value: Int) -> Int {
        var length = value < 0 ? 2 : 1
        var rest = value.magnitude
        while rest >= 10 {
            rest /= 10
            length += 1
        }
        return length
    }

    private static func appendDecimal(_ value: Int, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        if magnitude < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude))
            return
        }
        let start = bytes.count
        var rest = magnitude
        while rest > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }
}
