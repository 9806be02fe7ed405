package import NIOCore

/// A command with its arguments, already in wire form but for the leading count.
///
/// Written straight into the wire form rather than by `redisFormatSdsCommandArgv`. That wants an array of pointers
/// that all stay valid at once and makes a string that must be copied again: 185 ns for `SET key <64 bytes> EX 600`,
/// before anything is kept until the next tick. This takes 165 ns and is what is kept. The tests hold it to hiredis'
/// bytes.
package struct RedisCommand: Sendable {
    /// Every argument as `$<length>\r\n<bytes>\r\n`, the name first.
    private var body: [UInt8]
    private var count: Int

    /// - Parameters:
    ///   - name: one word; a subcommand such as `SETNAME` is an argument.
    ///   - capacity: bytes to set aside, so that appending does not reallocate.
    package init(_ name: StaticString, capacity: Int = 192) {
        body = []
        body.reserveCapacity(capacity)
        count = 0
        appendArgument(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// A command with all its arguments at once.
    package init(_ name: StaticString, _ arguments: RedisArgument...) {
        self.init(name)
        for argument in arguments { append(argument) }
    }

    package mutating func append(_ argument: String) {
        var argument = argument
        argument.withUTF8 { appendArgument(UnsafeRawBufferPointer($0)) }
    }

    package mutating func append(_ argument: [UInt8]) {
        argument.withUnsafeBytes { appendArgument($0) }
    }

    /// Appends the readable bytes.
    package mutating func append(_ argument: ByteBuffer) {
        argument.withUnsafeReadableBytes { appendArgument($0) }
    }

    /// Appends the number in decimal.
    package mutating func append(_ argument: Int) {
        withUnsafeTemporaryAllocation(byteCount: Self.longestLine, alignment: 1) { line in
            let start = Self.writeDecimal(argument, before: line.count, in: line)
            appendArgument(UnsafeRawBufferPointer(rebasing: line[start...]))
        }
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
        withUnsafeTemporaryAllocation(byteCount: Self.longestLine, alignment: 1) { line in
            let start = Self.writeLine(UInt8(ascii: "*"), count, in: line)
            _ = buffer.writeBytes(UnsafeRawBufferPointer(rebasing: line[start...]))
        }
        buffer.writeBytes(body)
    }

    private mutating func appendArgument(_ bytes: UnsafeRawBufferPointer) {
        count += 1
        // Three appends of several bytes: an append of one byte costs as much as one of twenty.
        withUnsafeTemporaryAllocation(byteCount: Self.longestLine, alignment: 1) { line in
            let start = Self.writeLine(UInt8(ascii: "$"), bytes.count, in: line)
            body.append(contentsOf: UnsafeRawBufferPointer(rebasing: line[start...]))
            body.append(contentsOf: bytes)
            body.append(contentsOf: UnsafeRawBufferPointer(rebasing: line[(line.count - 2)...]))
        }
    }

    /// Room for a kind, a sign, the digits of any `Int` and a line end.
    private static let longestLine = 24

    /// Writes `kind`, the number and a line end to the end of `line`; returns where they start.
    private static func writeLine(_ kind: UInt8, _ value: Int, in line: UnsafeMutableRawBufferPointer) -> Int {
        line[line.count - 1] = 0x0A
        line[line.count - 2] = 0x0D
        let start = writeDecimal(value, before: line.count - 2, in: line) - 1
        line[start] = kind
        return start
    }

    /// Writes the number so that it ends before `end`; returns where it starts.
    private static func writeDecimal(_ value: Int, before end: Int, in line: UnsafeMutableRawBufferPointer) -> Int {
        var start = end
        var rest = value.magnitude
        repeat {
            start -= 1
            line[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        if value < 0 {
            start -= 1
            line[start] = UInt8(ascii: "-")
        }
        return start
    }
}
