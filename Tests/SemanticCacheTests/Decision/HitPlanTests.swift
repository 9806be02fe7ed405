import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("The plan of a budget")
struct HitPlanTests {
    /// Falling from one half to nothing.
    private static let risks = (0..<ScoreBins.count).map { 0.5 * (1 - Double($0) / Double(ScoreBins.count)) }

    @Test("A larger budget never draws the line higher, and none serves nothing")
    func monotone() {
        var plan = HitPlan()
        for bin in stride(from: 0, to: ScoreBins.count, by: 1) { plan.countSeen(bin) }
        let cuts = [0.0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.5].map { plan.cut(risks: Self.risks, budget: $0) }
        #expect(cuts.first == ScoreBins.count)
        #expect(zip(cuts, cuts.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(plan.cut(risks: [], budget: 0.1) == ScoreBins.count)
        #expect(plan.cut(risks: Self.risks, budget: .nan) == ScoreBins.count)
    }

    @Test("The cut is the lowest that keeps the risk within the limit, as every cut tried one by one tells")
    func exhaustive() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<50 {
            var plan = HitPlan()
            var seen = (0..<ScoreBins.count).map { (-2.0..<8).contains(ScoreBins.centre($0)) ? 1.0 : 0 }
            var served = Array(repeating: 0.0, count: ScoreBins.count)
            let imagined = seen.reduce(0, +)
            seen = seen.map { $0 * 50 / imagined }
            for _ in 0..<1500 {
                let bin = Int.random(in: 0..<ScoreBins.count, using: &random)
                plan.countSeen(bin)
                seen[bin] += 1
                if bin > 80 {
                    plan.countServed(bin)
                    served[bin] += 1
                }
            }
            for _ in 0..<200 { plan.countExact() }
            let risks = (0..<ScoreBins.count).map { 0.3 * (1 - Double($0) / Double(ScoreBins.count)) }
            let scale = 1700 / (seen.reduce(0, +) + 200)
            let allowed = (0...ScoreBins.count).filter { cut in
                let kept = cut..<ScoreBins.count
                let hits = 200 * (1 + scale) + served.reduce(0, +) + kept.reduce(0) { $0 + seen[$1] } * scale
                let risk = zip(served, risks).reduce(0) { $0 + $1.0 * $1.1 }
                    + kept.reduce(0) { $0 + seen[$1] * risks[$1] } * scale
                return cut == ScoreBins.count
                    || (risks[cut] < 0.25 && risk <= PoissonLimit.mean(allowed: 0.05 * hits))
            }
            #expect(plan.cut(risks: risks, budget: 0.05) == allowed.min())
        }
    }

    @Test("Overspending is paid back: after risky hits the line is higher")
    func repaid() {
        var plan = HitPlan()
        for _ in 0..<10 { for bin in 0..<ScoreBins.count { plan.countSeen(bin) } }
        let before = plan.cut(risks: Self.risks, budget: 0.1)
        for _ in 0..<60 { plan.countServed(ScoreBins.count / 4) }
        #expect(plan.cut(risks: Self.risks, budget: 0.1) > before)
    }

    @Test("Old requests fade, so that counts stay bounded")
    func fading() {
        var plan = HitPlan()
        for _ in 0..<100_000 { plan.countExact() }
        #expect(plan.hits < 20_001)
    }
}
