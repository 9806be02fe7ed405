import GatewayCore

/// An entry's id without memory of its own.
struct EntryKey: Hashable {
    private let high: UInt64
    private let low: UInt64

    init(_ id: EntryID) {
        var halves: (UInt64, UInt64) = (0, 0)
        for (index, byte) in id.bytes.enumerated() {
            if index < 8 { halves.0 = halves.0 << 8 | UInt64(byte) } else { halves.1 = halves.1 << 8 | UInt64(byte) }
        }
        (high, low) = halves
    }

    /// The first half of the id.
    var front: UInt64 { high }

    /// A group of answers with nothing but this entry's, of a model (`AnswerGroup`). Multiplied, so that equal halves
    /// do not cancel.
    var ownGroup: UInt64 { (high ^ low &* 0x9E37_79B9_7F4A_7C15) >> 1 }

    /// For tables; another in each run of the process.
    var hash: UInt32 { UInt32(truncatingIfNeeded: hashValue) }

    /// Nil never: sixteen bytes are an id.
    var id: EntryID? {
        EntryID(bytes: [high, low].flatMap { half in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> UInt64($0)) }
        })
    }
}
