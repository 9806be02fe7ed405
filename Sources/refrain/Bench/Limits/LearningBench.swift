import GatewayCore
import RedisClient
import RedisStores
import Routing

/// What a decision by what was learned costs.
struct LearningBench {
    let seed: UInt64

    private static let rounds = 5_000
    private static let exchanges = 1_000
    private static let dimension = 384

    /// One replica's exchanges with the fleet, of a route with four targets of which it tells one: by Redis' own word.
    /// - Returns: microseconds of its script, on average.
    func exchangeCost(_ redis: RedisClient) async throws -> Double {
        BenchProgress.show("exchanges of what was learned")
        var random = BenchRandom(seed: seed)
        let store = RedisLearningStore(redis: redis)
        let (learner, targets) = makeLearner()
        for number in 0..<Self.exchanges {
            if number == 100 { _ = try await redis.send(RedisCommand("CONFIG", .string("RESETSTAT"))) }
            let numbers = (0..<Self.dimension).map { _ in Float.random(in: -0.088...0.088, using: &random) }
            let features = learner.features(
                of: EmbeddingVector(unit: numbers), complexity: 0.5, tier: 0, bytes: 2_000)
            if let features {
                learner.learn(
                    features, of: targets[number % 4], score: Double(number % 3) / 2, from: .open, now: .now)
            }
            guard let report = learner.takeReport(now: .now) else { continue }
            learner.apply(try await store.exchange(report), to: report, now: .now)
        }
        let stats = try await redis.send(RedisCommand("INFO", .string("commandstats"))).string ?? ""
        return RedisCommandStats(stats).microseconds(of: "evalsha") ?? .nan
    }

    private func makeLearner() -> (RouteLearner, targets: [DeploymentID]) {
        let targets = (0..<4).map { DeploymentID("d\($0)") }
        let space = LearningSpace(
            encoder: EncoderIdentity(name: "bench", fingerprint: "", dimension: Self.dimension))
        let learner = RouteLearner(
            route: "auto", rule: LearningRule(), deployments: targets, space: space, replica: "b")
        return (learner, targets)
    }

    /// - Returns: the median in microseconds, of features, four scores, four chances and the draw.
    func run() -> Double {
        BenchProgress.show("choices by what was learned")
        var random = BenchRandom(seed: seed)
        let (learner, targets) = makeLearner()
        func features() -> LearningFeatures? {
            let numbers = (0..<Self.dimension).map { _ in Float.random(in: -0.088...0.088, using: &random) }
            return learner.features(of: EmbeddingVector(unit: numbers), complexity: 0.5, tier: 0, bytes: 2_000)
        }
        for number in 0..<400 {
            guard let features = features() else { continue }
            learner.learn(
                features, of: targets[number % 4], score: Double(number % 3) / 2, from: .open, now: .now)
        }
        learner.refresh(now: .now)
        let numbers = (0..<Self.dimension).map { _ in Float.random(in: -0.088...0.088, using: &random) }
        let vector = EmbeddingVector(unit: numbers)
        var times: [Double] = []
        for _ in 0..<Self.rounds {
            let start = ContinuousClock.now
            if let features = learner.features(of: vector, complexity: 0.5, tier: 0, bytes: 2_000) {
                _ = learner.draw(features, among: targets.map { ($0, 0.7) }, using: &random)
            }
            times.append(start.duration(to: .now).inMicroseconds)
        }
        times.sort()
        return times[times.count / 2]
    }
}
