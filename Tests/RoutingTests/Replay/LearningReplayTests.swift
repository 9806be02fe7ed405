import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import Routing

@Suite("Replays of judgments")
struct LearningReplayTests {
    private static func configuration(_ models: [String]) -> RoutingConfiguration {
        var configuration = RoutingConfiguration()
        configuration.providers = [ProviderConfiguration(name: "p", baseURL: "http://p")]
        for profile in [SelectionFixture.small, SelectionFixture.large] { configuration.models.set(profile) }
        configuration.routes = [
            RouteConfiguration(model: "m", targets: models.map { TargetConfiguration(provider: "p", model: $0) })
        ]
        return configuration
    }

    private static func router(_ models: [String], learning: LearningRule? = nil) -> Router {
        var configuration = configuration(models)
        configuration.routes[0].learning = learning
        return Router(configuration: configuration, health: HealthBoard(replica: "r"), limits: nil)
    }

    /// Two kinds of request; `large` is good at the first, `small` at the second. The log was drawn with 0.7 and 0.3.
    private static let truth = [[0.9, 0.2], [0.4, 0.8]]
    private static let names = ["large", "small"]

    private static func log(_ count: Int, seed: UInt64) -> ([RecordedDecision], [RecordedJudgment]) {
        var generator = SeededGenerator(seed: seed)
        var lines: [String] = []
        var judgments: [String] = []
        for number in 0..<count {
            let kind = Int.random(in: 0...1, using: &generator)
            var values = [Float](repeating: 0, count: 36)
            values[kind] = 1
            values[LearningFeatures.bias] = 1
            let target = Double.random(in: 0..<1, using: &generator) < 0.7 ? 0 : 1
            let choice = LearnedChoice(
                features: LearningFeatures(values), space: "s", chance: [0.7, 0.3][target],
                among: [DeploymentID("p/large"), DeploymentID("p/small")])
            lines.append(
                """
                {"id":"r\(number)","tenant":"acme","attempts":[{"d":"p/\(names[target])","r":"ok"}],"pt":1000,"ct":100,\
                "cost":\(target == 0 ? 2_800_000 : 140_000),"lesson":\(String(buffer: choice.record)),\
                "decision":{"model":"m","candidates":[]}}
                """)
            let score = Double.random(in: 0..<1, using: &generator) < truth[kind][target] ? 1 : 0
            judgments.append(#"{"judged":"r\#(number)","at":\#(number),"score":\#(score)}"#)
        }
        return (
            lines.compactMap { RecordedDecision(line: $0) }, judgments.compactMap { RecordedJudgment(line: $0) })
    }

    private static func holds(_ estimate: Estimate, _ truth: Double) -> Bool {
        guard let mean = estimate.mean, let margin = estimate.margin else { return false }
        return abs(mean - truth) <= margin
    }

    @Test("The interval holds the true worth of a fixed target in about 95 of 100 logs, by either estimate")
    func coverage() {
        // Half of each kind: (0.2 + 0.8) ÷ 2; it was drawn with 0.3 only.
        let logs = 40
        var (robust, weighted, recorded) = (0, 0, 0)
        var (margins, others) = (0.0, 0.0)
        for seed in 0..<logs {
            let (decisions, judgments) = Self.log(150, seed: UInt64(seed) + 1)
            let replay = LearningReplay(decisions, judgments, router: Self.router(["small", "large"]))
            #expect(replay.replayed.count == 150)
            if Self.holds(replay.replayed, 0.5) { robust += 1 }
            if Self.holds(replay.weighted, 0.5) { weighted += 1 }
            // 0.7 × (0.9 + 0.4) ÷ 2 + 0.3 × (0.2 + 0.8) ÷ 2.
            if Self.holds(replay.recorded, 0.605) { recorded += 1 }
            margins += replay.replayed.margin ?? 0
            others += replay.weighted.margin ?? 0
        }
        // Of 40 with 0.95 fewer than 33 come in one of 1,000 cases.
        #expect(robust >= 33 && weighted >= 33 && recorded >= 33, "\(robust), \(weighted), \(recorded)")
        // That it varies less is why there is a model.
        #expect(margins < others)
    }

    @Test("A policy that learns from the log is seen to be better than any fixed target, and what it costs")
    func learner() throws {
        var rule = LearningRule()
        rule.costWeight = 0
        let (decisions, judgments) = Self.log(1_200, seed: 3)
        let replay = LearningReplay(decisions, judgments, router: Self.router(["large", "small"], learning: rule))
        let (mean, margin) = (try #require(replay.replayed.mean), try #require(replay.replayed.margin))
        // The best it could have come to is (0.9 + 0.8) ÷ 2; the best fixed target's worth is 0.65.
        #expect(mean - margin > 0.65)
        #expect(mean - margin < 0.85)
        let cost = try #require(replay.replayedCost.mean)
        #expect(cost > 140_000 && cost < 2_800_000)
        #expect(abs((replay.recordedCost.mean ?? 0) - (0.7 * 2_800_000 + 0.3 * 140_000)) < 150_000)
    }

    @Test("The same log gives the same estimate again")
    func repeatable() {
        let (decisions, judgments) = Self.log(200, seed: 4)
        let replays = (0..<2).map { _ in
            LearningReplay(decisions, judgments, router: Self.router(["large", "small"], learning: LearningRule()))
        }
        #expect(replays[0].replayed == replays[1].replayed)
    }

    @Test("A target that could not be drawn then has no part, and answers that were not drawn estimate nothing")
    func support() {
        let (decisions, judgments) = Self.log(50, seed: 5)
        var elsewhere = Self.configuration(["large", "small"])
        elsewhere.models.set(SelectionFixture.middle)
        elsewhere.routes[0].targets = [TargetConfiguration(provider: "p", model: "middle")]
        let none = LearningReplay(
            decisions, judgments,
            router: Router(configuration: elsewhere, health: HealthBoard(replica: "r"), limits: nil))
        #expect(none.replayed.count == 0)
        let lines = decisions.indices.map { number in
            let choice = LearnedChoice(features: LearningFeatures([1]), space: "s", chance: nil)
            return """
                {"id":"r\(number)","tenant":"acme","attempts":[{"d":"p/large","r":"ok"}],\
                "lesson":\(String(buffer: choice.record)),"decision":{"model":"m","candidates":[]}}
                """
        }
        let replay = LearningReplay(
            lines.compactMap { RecordedDecision(line: $0) }, judgments, router: Self.router(["large", "small"]))
        #expect(replay.undrawn == 50)
        #expect(replay.recorded.count == 0)
    }

    @Test("Lines that are no judgments are none", arguments: [
        "", "{", "{}", #"{"judged":"a","at":1}"#, #"{"judged":1,"at":1,"score":1}"#, #"{"judged":"a","at":1,"score":2}"#,
        #"{"judged":"a","score":1}"#,
    ])
    func damaged(line: String) {
        #expect(RecordedJudgment(line: line) == nil)
    }
}
