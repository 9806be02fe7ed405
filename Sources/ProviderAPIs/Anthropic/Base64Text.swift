/// Base64 (RFC 4648, section 4) of texts: this dialect has plain documents as text, others have all files as base64.
enum Base64Text {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ text: String) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((text.utf8.count + 2) / 3 * 4)
        var bits: UInt32 = 0
        var count = 0
        for byte in text.utf8 {
            bits = bits << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            for shift in [18, 12, 6, 0] { output.append(alphabet[Int(bits >> UInt32(shift) & 63)]) }
            (bits, count) = (0, 0)
        }
        if count > 0 {
            bits <<= UInt32(8 * (3 - count))
            for place in 0..<4 {
                output.append(
                    place <= count ? alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Nil for what is no base64, or no UTF-8. White space and missing padding are forgiven.
    static func decode(_ base64: String) -> String? {
        var output: [UInt8] = []
        output.reserveCapacity(base64.utf8.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in base64.utf8 {
            switch byte {
            case UInt8(ascii: "="), 0x20, 0x0A, 0x0D, 0x09: continue
            default: break
            }
            guard let value = value(of: byte) else { return nil }
            bits = bits << 6 | value
            count += 1
            guard count == 4 else { continue }
            for shift in [16, 8, 0] { output.append(UInt8(truncatingIfNeeded: bits >> UInt32(shift))) }
            (bits, count) = (0, 0)
        }
        guard count != 1 else { return nil }
        bits <<= UInt32(6 * (4 - count))
        for place in 0..<max(count - 1, 0) { output.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * place))) }
        return String(validating: output, as: UTF8.self)
    }

    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - 65)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - 71)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte + 4)
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
