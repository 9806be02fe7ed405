import GatewayTesting
import LoadGenerator
import Testing

@Suite struct LatencyHistogramTests {
    @Test("A quantile is at least the exact one and at most 1/64 above it")
    func quantilesAgreeWithSorting() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            var histogram = LatencyHistogram()
            let values = (0..<500).map { _ in
                Int64.random(in: 0...(1 << Int64.random(in: 1...39, using: &random)), using: &random)
            }
            for value in values { histogram.record(nanoseconds: value) }
            let sorted = values.sorted()
            for share in [0.01, 0.5, 0.9, 0.99, 1] {
                let exact = sorted[max(1, Int((share * 500).rounded(.up))) - 1]
                let found = histogram.quantile(share)
                #expect(found >= .nanoseconds(exact), "seed \(seed)")
                #expect(found <= .nanoseconds(exact + exact / 64 + 1), "seed \(seed)")
            }
            #expect(histogram.max == .nanoseconds(sorted[499]), "seed \(seed)")
        }
    }

    @Test("Durations outside the range count at its ends")
    func extremes() {
        var histogram = LatencyHistogram()
        histogram.record(nanoseconds: -5)
        histogram.record(nanoseconds: .max)
        #expect(histogram.count == 2)
        #expect(histogram.quantile(0.5) == .zero)
        #expect(histogram.max == .nanoseconds((1 << 40) - 1))
        #expect(LatencyHistogram().p99 == .zero)
    }

    @Test("Merged histograms count as one that saw everything")
    func merging() {
        var (left, right, both) = (LatencyHistogram(), LatencyHistogram(), LatencyHistogram())
        for value in stride(from: Int64(10), to: 1_000_000, by: 977) {
            if value % 2 == 0 { left.record(nanoseconds: value) } else { right.record(nanoseconds: value) }
            both.record(nanoseconds: value)
        }
        left.merge(right)
        #expect(left.p50 == both.p50 && left.p99 == both.p99 && left.max == both.max && left.count == both.count)
    }
}
