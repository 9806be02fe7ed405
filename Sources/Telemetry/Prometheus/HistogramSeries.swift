import CoreMetrics
import Synchronization

/// One histogram with its label values. An observation is two relaxed atomic additions: its bucket and the sum.
final class HistogramSeries: Sendable {
    let buckets: HistogramBuckets
    /// Observations per bucket, not cumulated; the bucket behind the last bound takes the rest.
    private let counts = InlineArray<32, Atomic<Int>> { _ in Atomic(0) }
    private let sum = Atomic<Int>(0)

    init(buckets: HistogramBuckets) { self.buckets = buckets }

    /// How many observations are at most as large as each bound, then all of them.
    ///
    /// The count is the sum over the buckets, so it always agrees with them; the sum is read by itself and may be an
    /// observation ahead or behind while others record.
    func cumulativeCounts() -> [Int] {
        var total = 0
        return (0...buckets.bounds.count).map {
            total &+= counts[$0].load(ordering: .relaxed)
            return total
        }
    }

    /// All observations added up, in the metric's unit.
    var total: Double { Double(sum.load(ordering: .relaxed)) / buckets.resolution }

    private func observe(ticks: Int) {
        counts[buckets.index(of: ticks)].wrappingAdd(1, ordering: .relaxed)
        sum.wrappingAdd(ticks, ordering: .relaxed)
    }
}

extension HistogramSeries: RecorderHandler, TimerHandler {
    func record(_ value: Int64) { record(Double(value)) }

    /// Values that are not finite are ignored: one of them would spoil the sum for good.
    func record(_ value: Double) {
        guard let ticks = buckets.ticks(of: value) else { return }
        observe(ticks: ticks)
    }

    /// Counted in seconds, as Prometheus has all times.
    func recordNanoseconds(_ duration: Int64) {
        let duration = max(duration, 0)
        if buckets.resolution == 1_000_000_000 {
            observe(ticks: Int(duration))
        } else {
            record(Double(duration) / 1_000_000_000)
        }
    }
}
