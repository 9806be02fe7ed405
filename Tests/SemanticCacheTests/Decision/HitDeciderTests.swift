import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("Hits under a budget")
struct HitDeciderTests {
    /// A made-up namespace: questions of known chance to be right, by how similar they are.
    private static func run(
        seed: UInt64, requests: Int, budget: Double, shift: Double = 0
    ) -> (hits: Int, wrong: Int, explored: Int) {
        var random = SeededGenerator(seed: seed)
        var decider = HitDecider(calibration: .miniLM)
        var (hits, wrong, explored) = (0, 0, 0)
        for _ in 0..<requests {
            let similarity = Double.random(in: 0.4..<1, using: &random)
            let other = Double.random(in: 0.3..<0.7, using: &random)
            let candidates = [
                MatchCandidate(similarity: max(similarity, other), group: 1),
                MatchCandidate(similarity: min(similarity, other), group: 2),
            ]
            guard let features = MatchFeatures(candidates) else { continue }
            let truth = Distributions.logistic(shift + 1.2 * MatchCalibration.miniLM.score(features))
            let isRight = Double.random(in: 0..<1, using: &random) < truth
            let decision = decider.decide(candidates, budget: budget, draw: .random(in: 0..<1, using: &random))
            switch decision.action {
            case .serve:
                hits += 1
                if !isRight { wrong += 1 }
            case .explore:
                explored += 1
                decider.learn(decision, isRight: isRight)
            case .miss:
                decider.learn(decision, isRight: isRight)
            }
        }
        return (hits, wrong, explored)
    }

    @Test(
        "Wrong hits keep the budget in at least 95 of 100 namespaces, kind ones and hard ones",
        arguments: [-1.5, 0, 1])
    func keepsBudget(shift: Double) {
        var (held, hits) = (0, 0)
        for seed in 0..<60 {
            let figures = Self.run(seed: UInt64(seed), requests: 1500, budget: 0.03, shift: shift)
            hits += figures.hits
            if Double(figures.wrong) <= 0.03 * Double(figures.hits) { held += 1 }
        }
        #expect(held >= 57, "\(held) of 60 with \(hits) hits")
        if shift > 0 { #expect(hits > 60 * 1500 / 10) }
    }

    @Test("The same requests and draws make the same decisions")
    func deterministic() {
        let one = Self.run(seed: 3, requests: 400, budget: 0.02)
        #expect(one == Self.run(seed: 3, requests: 400, budget: 0.02))
    }

    @Test("A call with a tighter budget serves no more than one with a looser")
    func tighten() {
        let candidate = [MatchCandidate(similarity: 0.97, group: 1)]
        var decider = HitDecider(calibration: .miniLM)
        for _ in 0..<300 {
            let decision = decider.decide(candidate, budget: 0, draw: 1)
            #expect(decision.action == .miss(0))
            decider.learn(decision, isRight: true)
        }
        let tight = decider.decide(candidate, budget: 0.0001, draw: 1)
        #expect(tight.action == .miss(0))
        let loose = decider.decide(candidate, budget: 0.05, draw: 1)
        #expect(loose.action == .serve(0))
        let explored = decider.decide(candidate, budget: 0.05, draw: 0)
        #expect(explored.action == .explore(0))
    }

    @Test("A group that misleads is served no longer, while others are")
    func offsets() {
        var decider = HitDecider(calibration: .miniLM)
        for round in 0..<400 {
            for group: UInt64 in 1...2 {
                let candidate = [MatchCandidate(similarity: 0.9, group: group)]
                let decision = decider.decide(candidate, budget: 0, draw: 1)
                decider.learn(decision, isRight: group == 1 || round % 3 == 0)
            }
        }
        let good = decider.decide([MatchCandidate(similarity: 0.95, group: 1)], budget: 0.05, draw: 1)
        let bad = decider.decide([MatchCandidate(similarity: 0.95, group: 2)], budget: 0.05, draw: 1)
        #expect(good.score > bad.score + 1)
        #expect(bad.action == .miss(0))
    }

    @Test("Stored evidence brings the curve back, and distrust most of the prior")
    func evidence() throws {
        var decider = HitDecider(calibration: .miniLM)
        for _ in 0..<300 {
            let decision = decider.decide([MatchCandidate(similarity: 0.9, group: 1)], budget: 0, draw: 1)
            decider.learn(decision, isRight: true)
        }
        let stored = try #require(NamespaceEvidence(encoded: decider.evidence.encoded))
        var restored = HitDecider(calibration: .miniLM, evidence: stored)
        #expect(restored.curve.risk(2, deviations: 0) < ScoreCurve().risk(2, deviations: 0))
        let known = restored.curve.risk(2, deviations: 1)
        restored.distrust()
        #expect(restored.curve.risk(2, deviations: 1) > known)
    }

    @Test("What other replicas tell takes the place of what they told before, and is not stored as our own")
    func hears() throws {
        var teacher = HitDecider(calibration: .miniLM)
        for _ in 0..<200 {
            let decision = teacher.decide([MatchCandidate(similarity: 0.9, group: 1)], budget: 0, draw: 1)
            teacher.learn(decision, isRight: true)
        }
        var pupil = HitDecider(calibration: .miniLM)
        pupil.hear(teacher.evidence)
        let once = pupil.curve
        pupil.hear(teacher.evidence)
        #expect(pupil.curve.risk(2, deviations: 0) < ScoreCurve().risk(2, deviations: 0))
        #expect(abs(pupil.curve.intercept - once.intercept) < 1e-6)
        #expect(pupil.evidence == NamespaceEvidence())
    }

    @Test("A caution that comes with wrong answers here lowers the score here, one that does not, does not")
    func cautions() {
        var decider = HitDecider(calibration: .miniLM)
        for round in 0..<60 {
            for reason in [GuardReason.number, .entity] {
                let candidate = MatchCandidate(
                    similarity: 0.9, group: UInt64(round), verdict: .caution(GuardReasons(reason)))
                let decision = decider.decide([candidate], budget: 0, draw: 1)
                decider.learn(decision, isRight: reason == .entity)
            }
        }
        func score(_ verdict: GuardVerdict) -> Double {
            decider.decide([MatchCandidate(similarity: 0.9, group: 999, verdict: verdict)], budget: 0, draw: 1).score
        }
        #expect(score(.caution(GuardReasons(.number))) < score(.pass) - 1)
        #expect(score(.caution(GuardReasons(.entity))) > score(.pass) - 0.2)
    }

    @Test("No candidates, or only vetoed ones, are a miss that nothing is learned from")
    func nothing() {
        var decider = HitDecider(calibration: .miniLM)
        let decision = decider.decide([], budget: 1, draw: 0)
        #expect(decision.action == .miss(nil))
        decider.learn(decision, isRight: true)
        #expect(decider.evidence == NamespaceEvidence())
    }
}
