/// A hash of 64 bits that is the same in every process, unlike `Hasher`: FNV-1a (Fowler, Noll and Vo). It is no
/// protection against who looks for collisions.
package struct FNV1a: Sendable {
    package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    package init() {}

    /// The hash of one text.
    package init(_ text: String) { add(text) }

    package mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    package mutating func add(_ bytes: Span<UInt8>) { for index in bytes.indices { add(bytes[index]) } }

    package mutating func add(_ text: String) { for byte in text.utf8 { add(byte) } }
}
