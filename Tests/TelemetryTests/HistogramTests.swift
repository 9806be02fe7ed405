import GatewayTesting
import Testing

@testable import Telemetry

@Suite("Histograms")
struct HistogramTests {
    @Test(
        "Every bucket counts exactly the values up to its bound",
        arguments: [HistogramBuckets.latency, .cosine, .batch, .decades])
    func against(buckets: HistogramBuckets) {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let series = HistogramSeries(buckets: buckets)
        // Whole ticks, so that the values are what is counted; the bounds themselves belong to their own bucket.
        var values = buckets.bounds
        for _ in 0..<2_000 {
            let bound = buckets.bounds.randomElement(using: &generator) ?? 0
            let factor = Double.random(in: 0...2, using: &generator)
            values.append((bound * factor * buckets.resolution).rounded() / buckets.resolution)
        }
        for value in values { series.record(value) }
        let counts = series.cumulativeCounts()
        for (bound, count) in zip(buckets.bounds, counts) {
            #expect(count == values.count { $0 <= bound }, "bound \(bound), seed \(seed)")
        }
        #expect(counts.last == values.count)
        let sum = values.reduce(0, +)
        #expect(abs(series.total - sum) <= sum * 1e-9)
    }

    @Test("Times are counted in seconds, also in buckets of another resolution")
    func nanoseconds() {
        let fine = HistogramSeries(buckets: .latency)
        let coarse = HistogramSeries(buckets: HistogramBuckets([1, 10], resolution: 1_000))
        for series in [fine, coarse] {
            series.recordNanoseconds(2_500_000_000)
            series.recordNanoseconds(-5)
            #expect(series.total == 2.5)
            #expect(series.cumulativeCounts().last == 2)
        }
        #expect(coarse.cumulativeCounts() == [1, 2, 2])
    }

    @Test("No value can stop it: infinities are ignored, giants clamped, sums wrap")
    func extremes() {
        let series = HistogramSeries(buckets: .latency)
        for value in [Double.nan, .infinity, -.infinity] { series.record(value) }
        #expect(series.cumulativeCounts().last == 0)
        for _ in 0..<3 {
            series.recordNanoseconds(.max)
            series.record(Double.greatestFiniteMagnitude)
            series.record(-Double.greatestFiniteMagnitude)
            series.record(Int64.min)
        }
        #expect(series.cumulativeCounts().last == 12)
    }

    @Test("The latency buckets reach from 50 µs to 120 s")
    func latencyRange() {
        #expect(HistogramBuckets.latency.bounds.first == 0.000_05)
        #expect(HistogramBuckets.latency.bounds.last == 120)
        #expect(HistogramBuckets.latency.bounds.count <= HistogramBuckets.limit)
    }
}
