/// Little-endian 32-bit floats in base64 (RFC 4648, section 4), as `encoding_format: base64` delivers them.
enum Base64Floats {
    /// Nil for characters outside the alphabet, wrong padding, or a length that is not a whole number of floats.
    static func decode(_ text: String) -> [Float]? {
        guard let bytes = decodeBytes(text), bytes.count.isMultiple(of: 4) else { return nil }
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            let low = UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8
            let high = UInt32(bytes[start + 2]) << 16 | UInt32(bytes[start + 3]) << 24
            return Float(bitPattern: low | high)
        }
    }

    private static func decodeBytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8
        guard digits.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 4 * 3)
        var group: UInt32 = 0
        var inGroup = 0
        var padding = 0
        for digit in digits {
            if digit == UInt8(ascii: "=") {
                padding += 1
                group <<= 6
            } else {
                guard padding == 0, let value = value(of: digit) else { return nil }
                group = group << 6 | value
            }
            inGroup += 1
            guard inGroup == 4 else { continue }
            guard padding <= 2 else { return nil }
            for index in 0..<3 - padding { bytes.append(UInt8(truncatingIfNeeded: group >> (16 - 8 * UInt32(index)))) }
            group = 0
            inGroup = 0
        }
        return bytes
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
