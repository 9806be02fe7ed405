import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("How often a hit is looked at")
struct ExplorationRateTests {
    @Test("As often as its outcome varies, and never more than every second time")
    func usual() {
        #expect(ExplorationRate.rate(risk: 0) == 0)
        #expect(ExplorationRate.rate(risk: 1) == 0)
        #expect(abs(ExplorationRate.rate(risk: 0.01) - 0.0199) < 0.0001)
        #expect(ExplorationRate.rate(risk: 0.5) == 0.1)
    }

    @Test("In a new namespace every second one, until labels have spoken for its hits")
    func opening() {
        let rates = (0...40).map { ExplorationRate.rate(risk: 0.001, rights: Double($0)) }
        #expect(rates[0] == 0.5)
        #expect(rates == rates.sorted(by: >=))
        #expect(rates[40] == ExplorationRate.rate(risk: 0.001))
        #expect(ExplorationRate.rate(risk: 0.5, rights: 40) == 0.1)
    }

    @Test("What a prior promises and the namespace does not keep costs few wrong hits", arguments: 1...20)
    func unlikeOthers(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var decider = HitDecider(calibration: .miniLM)
        var served = 0
        for number in 0..<500 {
            let near = [MatchCandidate(similarity: 0.95, group: UInt64(number))]
            let decision = decider.decide(near, budget: 0.02, draw: .random(in: 0..<1, using: &random))
            switch decision.action {
            case .serve: served += 1
            case .explore, .miss: decider.learn(decision, isRight: false)
            }
        }
        #expect(served <= 12, "\(served) wrong hits of 500")
    }

    @Test("An operator's answer is never given up to learn what a model would say")
    func operators() {
        var decider = HitDecider(calibration: .miniLM)
        for draw in [0, 0.4, 0.9] {
            let near = [MatchCandidate(similarity: 0.97, group: AnswerGroup.ofOperator("Open My orders."))]
            let decision = decider.decide(near, budget: 0.05, draw: draw)
            #expect(decision.action == .serve(0) && decision.explorationRate == 0)
        }
    }
}
