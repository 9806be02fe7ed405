import GatewayCore
import GatewayTesting

@testable import Routing

/// Requests of several kinds and targets that are good at some of them, with truths that only the test knows.
struct LearningWorld {
    /// By kind of request, then by target: how likely an answer is good.
    var truth: [[Double]]
    /// As shares of the dearest.
    var prices: [Int64]
    var rule = LearningRule()
    let learner: RouteLearner
    private let centers: [[Float]]
    private let targets: [DeploymentID]
    private var generator: SeededGenerator
    private(set) var now = ContinuousClock.now
    /// How good the chances of each round were, its best target's worth, and each fixed one's.
    private(set) var rounds: [(own: Double, best: Double, fixed: [Double], chances: [Double])] = []

    private static let dimension = 48

    init(
        truth: [[Double]], prices: [Int64]? = nil, seed: UInt64, tenants: Int = 1, halfLife: Duration = .seconds(1e6)
    ) {
        self.truth = truth
        let count = truth[0].count
        self.prices = prices ?? Array(repeating: 1, count: count)
        targets = (0..<count).map { DeploymentID("t\($0)") }
        generator = SeededGenerator(seed: seed)
        var centers: [[Float]] = []
        for _ in truth { centers.append(LearningSpaceTests.unit(Self.dimension, using: &generator)) }
        self.centers = centers
        rule.halfLife = halfLife
        rule.costWeight = prices == nil ? 0 : 0.2
        let space = LearningSpace(
            encoder: EncoderIdentity(name: "e", fingerprint: "f", dimension: Self.dimension))
        learner = RouteLearner(
            route: "m", rule: rule, deployments: targets, space: space, replica: "r", tenants: tenants, now: now)
    }

    func worth(_ kind: Int, _ target: Int) -> Double {
        truth[kind][target] - rule.costWeight * Double(prices[target]) / Double(prices.max() ?? 1)
    }

    /// Requests come, targets are drawn, and judgments of some answers are heard.
    /// - Parameters:
    ///   - judged: which part of the answers.
    ///   - judge: who says what of an answer of the target that was good or not.
    mutating func run(
        _ count: Int, judged: Double = 1,
        judge: (Int, Double) -> [(TenantID, Double)] = { _, score in [(.open, score)] }
    ) {
        for round in 0..<count {
            let kind = Int.random(in: 0..<truth.count, using: &generator)
            let noise = LearningSpaceTests.unit(Self.dimension, using: &generator)
            let mixed = zip(centers[kind], noise).map { $0 + 0.4 * $1 }
            let norm = mixed.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard let features = learner.features(
                of: EmbeddingVector(unit: mixed.map { $0 / norm }), complexity: 0.5, tier: 0, bytes: 500)
            else { continue }
            let scores = learner.scores(of: features, for: targets.map { ($0, nil) })
            let candidates = zip(targets, prices).map { target, price in
                var candidate = StrategyCandidate(target)
                candidate.learned = scores[target]
                candidate.price = price
                return candidate
            }
            let ranked = LearnedOrder(rule: rule).order(candidates, using: &generator)
            let chances = LearnedOrder(rule: rule).figures(candidates).map(\.chance)
            let worths = targets.indices.map { worth(kind, $0) }
            rounds.append(
                (zip(chances, worths).reduce(0) { $0 + $1.0 * $1.1 }, worths.max() ?? 0, worths, chances))
            now += .seconds(1)
            if Double.random(in: 0..<1, using: &generator) < judged {
                let drawn = ranked[0].index
                let isGood = Double.random(in: 0..<1, using: &generator) < truth[kind][drawn]
                for (tenant, score) in judge(drawn, isGood ? 1 : 0) {
                    learner.learn(features, of: targets[drawn], score: score, from: tenant, now: now)
                }
            }
            if round % 40 == 39 { learner.refresh(now: now) }
        }
    }

    /// The mean of the rounds in the range: what was expected of the chances, of the best target of each request, and
    /// of the one that is best over all of them.
    func means(_ range: Range<Int>) -> (own: Double, best: Double, fixed: Double) {
        let part = rounds[range]
        let count = Double(part.count)
        let fixed = targets.indices.map { target in part.reduce(0) { $0 + $1.fixed[target] } / count }
        return (part.reduce(0) { $0 + $1.own } / count, part.reduce(0) { $0 + $1.best } / count, fixed.max() ?? 0)
    }
}
