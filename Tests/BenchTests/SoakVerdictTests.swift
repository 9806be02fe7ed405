import GatewayTesting
import Testing

@testable import refrain

@Suite struct SoakVerdictTests {
    private func minutes(
        _ count: Int = 30, resident: (Int) -> Double = { _ in 100 }, p99: (Int) -> Double = { _ in 900 }
    ) -> [SoakMinute] {
        (0..<count).map { SoakMinute(minute: $0 + 1, p99: p99($0), residentMiB: resident($0)) }
    }

    @Test("Memory and p99 that only waver are flat, whatever they did while caches filled")
    func flat() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let noise = (0..<60).map { _ in Double.random(in: -1...1, using: &random) }
        let verdict = try #require(
            SoakVerdict(
                minutes(
                    resident: { $0 < 5 ? 50 + Double($0) * 9 : 100 + noise[$0] },
                    p99: { $0 < 5 ? 9_000 : 900 + 100 * noise[30 + $0] })))
        #expect(verdict.warmUp == 5)
        #expect(verdict.isFlat, "seed \(seed): \(verdict)")
    }

    @Test("A leak of a third of a mebibyte a minute is found")
    func leak() throws {
        let verdict = try #require(SoakVerdict(minutes(resident: { 100 + Double($0) / 3 })))
        #expect(abs(verdict.growthMiB - 8) < 0.001, "24 minutes from the first that counts to the last")
        #expect(!verdict.isFlat)
    }

    @Test("A p99 that doubles over the run is found; one that jumps for a minute is not")
    func drift() throws {
        #expect(try #require(SoakVerdict(minutes(p99: { 900 + Double($0) * 40 }))).isFlat == false)
        #expect(try #require(SoakVerdict(minutes(p99: { $0 == 20 ? 90_000 : 900 }))).isFlat)
    }

    @Test("One failed request is enough")
    func failures() throws {
        var minutes = minutes()
        minutes[17].failures = 1
        #expect(try #require(SoakVerdict(minutes)).isFlat == false)
    }

    @Test("Without three minutes behind the warm-up there is no verdict")
    func tooShort() {
        #expect(SoakVerdict(minutes(3)) == nil)
        #expect(SoakVerdict([]) == nil)
        #expect(SoakVerdict(minutes(4)) != nil)
    }

    @Test("The slope is that of the line through points on a line, and none through one point")
    func slope() {
        #expect(SoakVerdict.slope([3, 5, 7, 9]) == 2)
        #expect(SoakVerdict.slope([4, 4, 4]) == 0)
        #expect(SoakVerdict.slope([1]) == 0)
        // By hand: x̄ 1.5, ȳ 2.5; (-1.5·-1.5 + -0.5·1.5 + 0.5·-0.5 + 1.5·0.5) ÷ 5 = 0.4.
        #expect(abs(SoakVerdict.slope([1, 4, 2, 3]) - 0.4) < 1e-12)
    }

    @Test("A round of twenty asks for all ways of an answer in the stated shares")
    func mixture() {
        for start in [0, 4_000] {
            let round = (start..<start + 20).map(SoakBench.request)
            #expect(round.count { $0.model == "any" } == 3)
            #expect(round.count { Questions.base.contains($0.question) } == 10)
        }
        let fresh = stride(from: 10, to: 100_000, by: 20).map { SoakBench.request($0).question }
        #expect(Set(fresh).count == fresh.count, "a new text each time")
    }
}
