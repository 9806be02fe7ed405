/// Where the buckets of a histogram end, and how finely its values are summed.
///
/// Values are counted as whole ticks, so that one observation is two integer additions and no loop: floating-point
/// sums would need compare and exchange.
package struct HistogramBuckets: Sendable, Equatable {
    /// At most this many bounds; one more bucket takes what is above the last.
    package static let limit = 31

    /// Upper bounds, inclusive and ascending, in the unit of the metric.
    package let bounds: [Double]
    /// Ticks in one unit.
    package let resolution: Double
    /// `bounds` in ticks.
    let ticks: [Int]

    /// - Parameters:
    ///   - bounds: 1 to 31 finite numbers, ascending, each below 2^53 ÷ `resolution`.
    ///   - resolution: ticks in one unit of the metric, such as 1,000,000,000 for seconds.
    package init(_ bounds: [Double], resolution: Double) {
        precondition((1...Self.limit).contains(bounds.count), "a histogram has 1 to 31 bounds, not \(bounds.count)")
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy(<), "a histogram's bounds ascend")
        self.bounds = bounds
        self.resolution = resolution
        self.ticks = bounds.map { Self.ticks(of: $0, resolution: resolution) ?? .max }
    }

    /// Seconds, from 50 µs (a hit in process) to 120 s (the longest answers of providers). Timers use it when
    /// nothing else is defined for their name.
    package static let latency = HistogramBuckets(
        [
            0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
            1, 2.5, 5, 10, 30, 60, 120,
        ],
        resolution: 1_000_000_000)

    /// Cosines: fine where thresholds lie, coarse below.
    package static let cosine = HistogramBuckets(
        [
            0, 0.3, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.82, 0.84, 0.86, 0.88, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96,
            0.97, 0.98, 0.99, 0.995, 1,
        ],
        resolution: 1_000_000)

    /// Numbers of things done at once.
    package static let batch = HistogramBuckets([1, 2, 4, 8, 16, 32, 64, 128, 256], resolution: 1)

    /// Powers of ten, for recorders nothing is defined for.
    package static let decades = HistogramBuckets(
        [0.001, 0.01, 0.1, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000], resolution: 1_000)

    /// The bucket that `ticks` falls into: an index into `bounds`, or one past them.
    func index(of ticks: Int) -> Int {
        var low = 0
        var high = self.ticks.count
        while low < high {
            let middle = (low + high) / 2
            if ticks <= self.ticks[middle] { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// `value` in ticks; nil when it is not finite. Clamped to ±2^53, where doubles stop counting by one and far
    /// from where a sum could overflow at once.
    func ticks(of value: Double) -> Int? { Self.ticks(of: value, resolution: resolution) }

    private static func ticks(of value: Double, resolution: Double) -> Int? {
        guard value.isFinite else { return nil }
        let bound = 9_007_199_254_740_992.0
        return Int(min(max((value * resolution).rounded(), -bound), bound))
    }
}
