import GatewayCore

/// Two numbers of an entry's own that spread the lives of entries: its id is a keyed digest, so they are even, and the
/// same on every replica. Pure.
struct LifeSpread {
    /// 0 to 1.
    let hard: Double
    /// -1 to 1.
    let soft: Double

    init(_ entry: EntryID) {
        let (first, second) = entry.bytes.prefix(8).enumerated().reduce(into: (UInt32(0), UInt32(0))) { words, byte in
            if byte.offset < 4 {
                words.0 = words.0 << 8 | UInt32(byte.element)
            } else {
                words.1 = words.1 << 8 | UInt32(byte.element)
            }
        }
        hard = Double(first) / Double(UInt32.max)
        soft = Double(second) / Double(UInt32.max) * 2 - 1
    }
}
