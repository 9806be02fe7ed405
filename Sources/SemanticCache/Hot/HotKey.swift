import GatewayCore

/// An entry's id as two words: small, compared and hashed without touching the heap.
struct HotKey: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    init(_ entry: EntryID) {
        var words: (UInt64, UInt64) = (0, 0)
        for (position, byte) in entry.bytes.enumerated() {
            if position < 8 {
                words.0 = words.0 << 8 | UInt64(byte)
            } else {
                words.1 = words.1 << 8 | UInt64(byte)
            }
        }
        (high, low) = words
    }

    /// A digest that nobody outside the process can foresee (the standard library's SipHash, keyed at its start), so
    /// that callers cannot choose questions that share counters.
    func digest(seed: UInt64) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(seed)
        hasher.combine(high)
        hasher.combine(low)
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }
}
