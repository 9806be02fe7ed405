/// A 64-bit FNV-1a hash with a last mixing step: stable over processes and replicas, unlike `Hasher`.
/// It names words in tables and identifiers in features; it is no protection against an opponent who looks for
/// collisions, and need not be: entries are shared inside one partition only.
struct GuardDigest {
    private(set) var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }

    mutating func add(_ word: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) {
            add(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
        }
    }

    /// The hash of what was added, never 0.
    var value: UInt64 {
        let mixed = (state ^ (state >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return (mixed ^ (mixed >> 32)) | 1
    }

    static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var digest = GuardDigest()
        for byte in bytes {
            digest.add(byte)
        }
        return digest.value
    }
}
