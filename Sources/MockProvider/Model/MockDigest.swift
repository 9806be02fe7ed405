/// A digest that is the same in every process, so that the same request gets the same answer from every mock.
///
/// FNV-1a with 64 bits (Fowler, Noll and Vo; offset basis and prime as they published them). Not for security: it
/// only spreads.
struct MockDigest: Sendable, Equatable {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    init(_ text: String) {
        add(text)
    }

    mutating func add(_ text: String) {
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }

    /// Sixteen hexadecimal digits.
    var hex: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
