import GatewayCore

/// Little-endian 32-bit floats in base64 (RFC 4648, section 4), as `encoding_format: base64` delivers them.
enum Base64Floats {
    /// Nil for characters outside the alphabet, wrong padding, or a length that is not a whole number of floats.
    static func decode(_ text: String) -> [Float]? {
        guard let bytes = Base64.decode(text), bytes.count.isMultiple(of: 4) else { return nil }
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            let low = UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8
            let high = UInt32(bytes[start + 2]) << 16 | UInt32(bytes[start + 3]) << 24
            return Float(bitPattern: low | high)
        }
    }
}
