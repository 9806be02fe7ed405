import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("What decides in a namespace")
struct NamespaceDeciderTests {
    /// Candidates by how similar the best is, with another answer further away.
    private static func candidates(_ similarity: Double) -> [MatchCandidate] {
        [MatchCandidate(similarity: similarity, group: 1), MatchCandidate(similarity: similarity - 0.2, group: 2)]
    }

    /// Asks many questions of which all are right, or so many wrong.
    private static func ask(
        _ decider: inout NamespaceDecider, _ count: Int, wrong: Double = 0, random: inout SeededGenerator
    ) -> (served: Int, drifts: Int) {
        var (served, drifts) = (0, 0)
        for _ in 0..<count {
            let decision = decider.decide(
                candidates(.random(in: 0.75..<0.99, using: &random)), budget: 0.05,
                draw: .random(in: 0..<1, using: &random))
            if case .serve = decision.action {
                served += 1
                continue
            }
            let isRight = Double.random(in: 0..<1, using: &random) >= wrong
            if decider.learn(decision, isRight: isRight, from: .answer) { drifts += 1 }
        }
        return (served, drifts)
    }

    @Test("A drift closes what was not proven, and what is right opens it again")
    func drift() {
        var random = SeededGenerator(seed: 5)
        var decider = NamespaceDecider(calibration: .miniLM)
        _ = Self.ask(&decider, 2_000, random: &random)
        let open = Self.ask(&decider, 200, random: &random)
        #expect(open.served > 150 && open.drifts == 0)
        var requests = 0
        while decider.counts.drifts == 0, requests < 5_000 {
            _ = Self.ask(&decider, 1, wrong: 1, random: &random)
            requests += 1
        }
        #expect(decider.counts.drifts == 1, "after \(requests) requests")
        // Nothing was proven, as hits that are open are hardly ever checked: so nothing is served.
        let closed = Self.ask(&decider, 100, wrong: 1, random: &random)
        #expect(closed.served == 0)
        _ = Self.ask(&decider, 2_000, random: &random)
        #expect(Self.ask(&decider, 200, random: &random).served > 100)
    }

    @Test("What labels prove is served also after a drift")
    func proven() {
        var decider = NamespaceDecider(calibration: .miniLM)
        let sure = decider.decide(Self.candidates(0.99), budget: 0.05, draw: 1)
        for _ in 0..<600 { _ = decider.learn(sure, isRight: true, from: .audit) }
        #expect(decider.provenFloor <= sure.score)
        decider.driftedElsewhere()
        let after = decider.decide(Self.candidates(0.99), budget: 0.05, draw: 1)
        #expect(after.action == .serve(0))
        let below = decider.decide(Self.candidates(0.9), budget: 0.05, draw: 1)
        #expect(below.action == .miss(0))
        #expect(below.floor >= decider.provenFloor)
    }

    @Test("Feedback teaches threefold, and is no sample: neither the estimate nor the proof changes")
    func feedback() {
        var decider = NamespaceDecider(calibration: .miniLM)
        let decision = decider.decide(Self.candidates(0.98), budget: 0.5, draw: 1)
        guard case .serve = decision.action else {
            Issue.record("a namespace with so much room serves: \(decision)")
            return
        }
        let estimate = decider.estimate
        let before = decider.decider.evidence.weight
        _ = decider.learn(decision, isRight: false, from: .feedback)
        let once = decider.decider.evidence.weight - before
        #expect(decider.estimate == estimate)
        var audited = NamespaceDecider(calibration: .miniLM)
        let same = audited.decide(Self.candidates(0.98), budget: 0.5, draw: 1)
        _ = audited.learn(same, isRight: false, from: .audit)
        #expect(abs(once - 3 * audited.decider.evidence.weight) < 1e-9)
        #expect(audited.estimate != estimate)
    }

    @Test("A decision that came to nothing leaves no trace in the counts, the estimate and the plan")
    func withdrawn() {
        var decider = NamespaceDecider(calibration: .miniLM)
        let decision = decider.decide(Self.candidates(0.98), budget: 0.5, draw: 1)
        decider.withdraw(decision)
        #expect(decider.counts.served == 0)
        #expect(decider.estimate.hits == 0)
        #expect(decider.decide(Self.candidates(0.98), budget: 0.5, draw: 1) == decision)
    }

    @Test("Confidence is a chance, and its bound is below it")
    func confidence() {
        var decider = NamespaceDecider(calibration: .miniLM)
        for similarity in [0.6, 0.8, 0.9, 0.99] {
            let decision = decider.decide(Self.candidates(similarity), budget: 0.01, draw: 1)
            let (right, bound) = decider.confidence(of: decision)
            #expect(0 <= bound && bound <= right && right <= 1)
        }
        #expect(decider.confidence(of: .nothing) == (0, 0))
    }
}
