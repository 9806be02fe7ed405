import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("Frequencies in a few bytes")
struct FrequencySketchTests {
    /// Keys as a keyed hash would give them.
    private func digests(_ count: Int, seed: UInt64) -> [UInt64] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in generator.next() }
    }

    @Test("What was never counted is 0; what was counted is at least that, up to the ceiling")
    func counts() {
        var sketch = FrequencySketch(keys: 100_000)
        #expect(sketch.frequency(42) == 0)
        for count in 1...300 {
            sketch.increment(42, residents: 100_000)
            #expect(sketch.frequency(42) == min(count, 255))
        }
        #expect(sketch.frequency(43) == 0)
    }

    @Test("Within a sample no key is counted too low, and few of them too high", arguments: [1, 2, 3] as [UInt64])
    func accuracy(seed: UInt64) {
        let keys = 10_000
        var sketch = FrequencySketch(keys: keys)
        let digests = digests(keys, seed: seed)
        var truth = [Int](repeating: 0, count: keys)
        var generator = SeededGenerator(seed: seed &+ 99)
        for _ in 0..<keys * 5 {
            // Skewed: the product of two draws.
            let key = Int.random(in: 0..<100, using: &generator) * Int.random(in: 0..<100, using: &generator)
            truth[key] += 1
            sketch.increment(digests[key], residents: keys)
        }
        let estimates = digests.map(sketch.frequency)
        #expect(zip(estimates, truth).allSatisfy { $0 >= min($1, 255) }, "seed \(seed)")
        #expect(zip(estimates, truth).count { $0 > $1 } < keys / 100, "seed \(seed)")
    }

    @Test("After a sample everything counts half")
    func halving() {
        var sketch = FrequencySketch(keys: 256)
        for _ in 0..<200 { sketch.increment(7, residents: 256) }
        #expect(sketch.frequency(7) == 200)
        // The sample's length is ten times the residents, with a floor: 2,560 here.
        var others = SeededGenerator(seed: 5)
        for _ in 0..<2_359 { sketch.increment(others.next(), residents: 256) }
        let before = sketch.frequency(7)
        #expect(before >= 200)
        sketch.increment(others.next(), residents: 256)
        #expect((before / 2...before / 2 + 1).contains(sketch.frequency(7)))
    }

    @Test("Its memory is bounded, whatever it is told")
    func size() {
        #expect(FrequencySketch(keys: 0).byteCount == 4 << 10)
        #expect(FrequencySketch(keys: 64 << 10).byteCount == 1 << 20)
        #expect(FrequencySketch(keys: .max).byteCount == 16 << 20)
    }
}
