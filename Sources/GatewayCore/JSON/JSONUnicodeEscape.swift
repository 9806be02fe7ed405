/// A `\uXXXX` escape, or two of them that make a surrogate pair.
struct JSONUnicodeEscape {
    let scalar: Unicode.Scalar
    /// Bytes of the escape in the text: 6, or 12 for a pair.
    let length: Int

    /// Reads the escape whose backslash stands at `index`; nil when it is malformed or half a pair.
    init?(at index: Int, in text: Span<UInt8>) {
        guard let high = Self.unit(at: index, in: text) else { return nil }
        if let scalar = Unicode.Scalar(high) {
            self.scalar = scalar
            self.length = 6
            return
        }
        guard (0xD800..<0xDC00).contains(high), let low = Self.unit(at: index + 6, in: text),
            (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        else { return nil }
        self.scalar = scalar
        self.length = 12
    }

    private static func unit(at index: Int, in text: Span<UInt8>) -> UInt32? {
        guard index + 6 <= text.count, text[index] == UInt8(ascii: "\\"), text[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt32 = 0
        for offset in 2..<6 {
            guard let digit = Character(Unicode.Scalar(text[index + offset])).hexDigitValue else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }
}
