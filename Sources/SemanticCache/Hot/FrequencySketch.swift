/// How often a key was asked for lately, in a few bytes per key: a count-min sketch with minimal increment whose
/// counters are all halved after each sample, so that what was popular once does not stay so.
///
/// After G. Einziger, R. Friedman and B. Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM Transactions
/// on Storage 13(4), 2017. An estimate is never below the true count of the current sample but for halving, and above
/// it only when a key shares all its counters with others.
struct FrequencySketch {
    /// Where a counter stops: high enough that one large answer can outweigh many small ones that are asked rarely.
    static let ceiling = 255
    /// Independent counters per key; the lowest counts.
    private static let rows = 4
    /// A sample is so many times as long as there are keys to tell apart.
    private static let sampleFactor = 10

    private var counters: [UInt8]
    private let width: Int
    /// Increments since the last halving.
    private var additions = 0

    /// - Parameter keys: how many keys it shall tell apart, 256 to 1,048,576; others are taken for the nearest.
    init(keys: Int) {
        // Within a sample there are many more keys than are held: four counters each keep them apart.
        var width = 1 << 10
        while width / 4 < keys, width < 1 << 22 { width <<= 1 }
        self.width = width
        counters = Array(repeating: 0, count: width * Self.rows)
    }

    /// Memory of the counters.
    var byteCount: Int { counters.count }

    /// The estimate for a key, 0 to ``ceiling``.
    func frequency(_ digest: UInt64) -> Int {
        var lowest = UInt8.max
        for row in 0..<Self.rows { lowest = min(lowest, counters[position(digest, row)]) }
        return Int(lowest)
    }

    /// Counts one request for a key.
    /// - Parameter residents: how many keys are held: the sample's length follows what is worth telling apart, and with
    ///   few large answers frequencies age sooner.
    mutating func increment(_ digest: UInt64, residents: Int) {
        let lowest = frequency(digest)
        if lowest < Self.ceiling {
            for row in 0..<Self.rows {
                let position = position(digest, row)
                if counters[position] == lowest { counters[position] += 1 }
            }
        }
        // Requests for saturated keys count, too: else the rise of a new hot key could never outgrow a former one.
        additions += 1
        if additions >= Self.sampleFactor * min(max(residents, width / 16), width / 4) { halve() }
    }

    private mutating func halve() {
        additions /= 2
        for position in counters.indices { counters[position] >>= 1 }
    }

    /// Two halves of one digest give any number of independent positions: A. Kirsch and M. Mitzenmacher, "Less Hashing,
    /// Same Performance", 2006.
    private func position(_ digest: UInt64, _ row: Int) -> Int {
        let step = digest >> 32 | 1
        let mixed = digest &+ UInt64(truncatingIfNeeded: row) &* step
        return row * width + Int(truncatingIfNeeded: mixed) & (width - 1)
    }
}
