import LoadGenerator
import Testing

@Suite struct ArrivalScheduleTests {
    @Test("Even arrivals stand where counting puts them, also after a long time")
    func even() {
        let times = Array(ArrivalSchedule(rate: 3, for: .seconds(1_000), spacing: .even))
        #expect(times.count == 3_000)
        #expect(times[1] == 333_333_333)
        #expect(times[3] == 1_000_000_000)
        #expect(times[2_997] == 999_000_000_000)
    }

    @Test("The times of a seed are always the same, never run backwards and end with the run")
    func repeatable() {
        func times(_ seed: UInt64) -> [Int64] {
            Array(ArrivalSchedule(rate: 5_000, for: .milliseconds(700), spacing: .random(seed: seed)))
        }
        #expect(times(7) == times(7))
        #expect(times(7) != times(8))
        #expect(zip(times(7), times(7).dropFirst()).allSatisfy { $0 <= $1 })
        #expect(times(7).allSatisfy { (0..<700_000_000).contains($0) })
    }

    @Test("Random arrivals have the asked rate, and the gaps between them are exponential", arguments: 1...20)
    func poisson(seed: UInt64) {
        let times = Array(ArrivalSchedule(rate: 10_000, for: .seconds(1), spacing: .random(seed: seed)))
        // The count of a Poisson process has the variance of its mean: 5 × 100 around 10,000.
        #expect(abs(times.count - 10_000) < 500)
        let gaps = zip(times, times.dropFirst()).map { Double($1 - $0) / 100_000 }
        for (bound, share) in [(0.5, 0.6065), (1, 0.3679), (3, 0.0498)] {
            let found = Double(gaps.filter { $0 > bound }.count) / Double(gaps.count)
            #expect(abs(found - share) < 0.025, "e to the power of -\(bound)")
        }
    }
}
