import NIOCore

/// A time that a provider wrote into the text of a frame when it sent it: `@`, 19 digits, `;`. Nanoseconds on the
/// machine's monotonic clock, by which the load generator measures too.
enum FrameStamp {
    private static let digits = 19

    /// All times in some bytes. One that is cut by their end is passed over.
    static func times(in bytes: ByteBufferView) -> [NIODeadline] {
        var times: [NIODeadline] = []
        var rest = bytes[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "@")) {
            rest = rest[(start + 1)...]
            let number = rest.prefix(digits)
            guard number.count == digits, rest.dropFirst(digits).first == UInt8(ascii: ";"), let time = value(number)
            else { continue }
            // A blank that nobody wrote over is no time.
            if time > 0 { times.append(.uptimeNanoseconds(time)) }
        }
        return times
    }

    private static func value(_ number: ByteBufferView) -> UInt64? {
        var value: UInt64 = 0
        for byte in number {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + UInt64(byte - UInt8(ascii: "0"))
        }
        return value
    }
}
