/// What stands in a JSON string for a byte that must not stand there as it is.
struct JSONEscape {
    /// The first ``count`` are meant.
    private(set) var bytes: InlineArray<6, UInt8>
    private(set) var count = 2

    /// Nil for a byte that stands for itself.
    init?(_ byte: UInt8) {
        guard Self.isNeeded(for: byte) else { return nil }
        bytes = [UInt8(ascii: "\\"), UInt8(ascii: "u"), 0x30, 0x30, 0x30, 0x30]
        switch byte {
        case 0x0A: bytes[1] = UInt8(ascii: "n")
        case 0x0D: bytes[1] = UInt8(ascii: "r")
        case 0x09: bytes[1] = UInt8(ascii: "t")
        case 0..<0x20:
            bytes[4] += byte >> 4
            let digit = byte & 15
            bytes[5] = digit < 10 ? 0x30 + digit : UInt8(ascii: "a") + digit - 10
            count = 6
        default: bytes[1] = byte
        }
    }

    static func isNeeded(for byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}
