/// Base64 (RFC 4648, section 4), with padding.
package enum Base64 {
    /// How much is forgiven.
    package enum Reading: Sendable {
        case strict
        /// White space, missing padding and the alphabet for URLs (section 5): people paste files.
        case lenient
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// One line, however long.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            for shift in stride(from: UInt32(18), through: 0, by: -6) { output.append(digit(bits >> shift)) }
            (bits, count) = (0, 0)
        }
        if count > 0 {
            bits <<= UInt32(8 * (3 - count))
            for place in 0..<4 {
                output.append(place <= count ? digit(bits >> UInt32(18 - 6 * place)) : UInt8(ascii: "="))
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Nil for characters outside the alphabet, for wrong padding and for half a byte.
    package static func decode(_ text: some StringProtocol, _ reading: Reading = .strict) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 4 * 3)
        var bits: UInt32 = 0
        var digits = 0
        var padding = 0
        for digit in text.utf8 {
            if reading == .lenient, isSpace(digit) { continue }
            if digit == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(of: digit, reading) else { return nil }
            bits = (bits << 6 | value) & 0xFFFF
            digits += 1
            // Of four digits the first completes no byte, the second the first, and so on.
            let rest = digits % 4
            if rest != 1 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(rest == 0 ? 0 : 8 - 2 * rest))) }
        }
        guard digits % 4 != 1 else { return nil }
        return reading == .lenient || (padding <= 2 && (digits + padding).isMultiple(of: 4)) ? bytes : nil
    }

    /// The text in what somebody pasted; nil for what is no base64, or no UTF-8.
    package static func decodeText(_ text: some StringProtocol) -> String? {
        decode(text, .lenient).flatMap { String(validating: $0, as: UTF8.self) }
    }

    private static func digit(_ bits: UInt32) -> UInt8 { alphabet[Int(bits & 63)] }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func value(of digit: UInt8, _ reading: Reading) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        case UInt8(ascii: "-") where reading == .lenient: 62
        case UInt8(ascii: "_") where reading == .lenient: 63
        default: nil
        }
    }
}
