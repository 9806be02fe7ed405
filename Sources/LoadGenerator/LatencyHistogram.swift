/// Counts of durations in buckets that are 1/64 of their value wide, so that a quantile is at most 1.6 % too high.
///
/// Log-linear as in HdrHistogram (Gil Tene): 64 linear steps to each power of two of nanoseconds. Covers 0 to 18
/// minutes; longer durations count as the longest.
package struct LatencyHistogram: Sendable, Equatable {
    private static let stepBits = 6
    private static let steps = 1 << stepBits
    /// Up to 2^40 ns.
    private static let highestBit = 40

    private var counts = [UInt32](repeating: 0, count: (highestBit - stepBits + 2) * steps)
    package private(set) var count = 0
    package private(set) var max: Duration = .zero
    private var totalNanoseconds = 0.0

    package init() {}

    package mutating func record(nanoseconds: Int64) {
        let value = Swift.min(Swift.max(nanoseconds, 0), (1 << Int64(Self.highestBit)) - 1)
        counts[Self.bucket(UInt64(value))] &+= 1
        count += 1
        totalNanoseconds += Double(value)
        max = Swift.max(max, .nanoseconds(value))
    }

    /// Adds what another histogram counted.
    package mutating func merge(_ other: LatencyHistogram) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        count += other.count
        totalNanoseconds += other.totalNanoseconds
        max = Swift.max(max, other.max)
    }

    /// The duration that `share` of all do not exceed: the upper end of its bucket, never above the maximum. Zero when
    /// nothing was recorded.
    /// - Parameter share: 0 to 1.
    package func quantile(_ share: Double) -> Duration {
        guard count > 0 else { return .zero }
        let rank = Swift.max(1, Int((Swift.min(Swift.max(share, 0), 1) * Double(count)).rounded(.up)))
        var seen = 0
        for (bucket, number) in counts.enumerated() where number > 0 {
            seen += Int(number)
            if seen >= rank { return Swift.min(.nanoseconds(Self.upperEnd(of: bucket)), max) }
        }
        return max
    }

    package var p50: Duration { quantile(0.5) }
    package var p99: Duration { quantile(0.99) }
    package var mean: Duration { count > 0 ? .nanoseconds(Int64(totalNanoseconds / Double(count))) : .zero }

    /// Values below 128 have a bucket each; above, the seven highest bits choose it.
    private static func bucket(_ value: UInt64) -> Int {
        guard value >= UInt64(2 * steps) else { return Int(value) }
        let shift = 63 - value.leadingZeroBitCount - stepBits
        return (shift + 1) * steps + Int(value >> UInt64(shift)) - steps
    }

    private static func upperEnd(of bucket: Int) -> Int64 {
        guard bucket >= 2 * steps else { return Int64(bucket) }
        let shift = bucket / steps - 1
        return (Int64(bucket % steps + steps + 1) << Int64(shift)) - 1
    }
}
