import Crypto
import Embedding
import GatewayConfig
import GatewayCore
import Logging
import NIOCore
import RedisClient
import RedisStores
import Routing
import Telemetry
import Upstream

/// The router, with what it shares with the rest of the fleet: use of limits, and health of targets.
struct Routes: Sendable {
    let router: Routing.Router
    let health: HealthBoard
    let estimator: TokenEstimator
    /// Nil when nothing is limited.
    let limits: FleetLimits?
    /// Nil when choices are not recorded.
    let decisions: RedisDecisionLog?
    /// Where answers are remembered that may be judged.
    let answers: any FeedbackStore
    private let link: HealthLink
    /// The same; nil where no answer is judged.
    private let shared: RedisFeedbackStore?
    /// Nil where no route learns.
    private let learning: LearningLink?
    private let configuration: RoutingConfiguration

    /// - Parameters:
    ///   - redis: not the cache's: a decision on limits must not wait behind answers.
    ///   - judgesHits: whether answers from the cache may be judged, too.
    init(
        configuration: RoutingConfiguration, redis: RedisClient, upstream: UpstreamCaller, encoder: Encoder,
        judgesHits: Bool, logger: Logger
    ) async {
        self.configuration = configuration
        let replica = RequestID().description
        limits = configuration.countsUse
            ? FleetLimits(
                redis: redis, replica: replica, policy: configuration.budgetOutage,
                leaseLife: configuration.leaseLife, logger: logger) : nil
        decisions = configuration.recordsDecisions ? RedisDecisionLog(redis: redis) : nil
        health = HealthBoard(
            rules: configuration.health, replica: replica,
            keyMarks: Self.keyMarks(of: configuration), observer: HealthLog(logger: logger).told)
        var prober: HealthProber?
        if configuration.health.idleProbeMilliseconds != nil {
            let own = TargetProber(upstream: upstream, configuration: configuration)
            prober = HealthProber(canProbe: { own.canProbe($0) }, probe: { await own.probe($0) })
        }
        link = HealthLink(
            board: health, store: RedisHealthStore(redis: redis, rules: configuration.health), prober: prober)
        estimator = TokenEstimator()
        router = Routing.Router(
            configuration: configuration, health: health, limits: limits?.store, estimator: estimator,
            examples: await Self.examples(of: configuration, encoder: encoder, logger: logger),
            learning: LearningPlace(
                space: encoder.embedder.map { LearningSpace(encoder: $0.identity) }, replica: replica))
        let learners = router.learners
        learning = learners.isEmpty
            ? nil : LearningLink(learners: learners, store: RedisLearningStore(redis: redis))
        if learners.isEmpty, !judgesHits {
            shared = nil
            answers = FeedbackMemory(configuration.feedback)
        } else {
            let store = RedisFeedbackStore(redis: redis, rules: configuration.feedback)
            shared = store
            answers = store
        }
    }

    /// Exchanges with the fleet until it is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await link.run() }
            if let limits { group.addTask { await limits.run() } }
            if let learning { group.addTask { await learning.run() } }
            if let shared { group.addTask { await shared.run() } }
            if let decisions { group.addTask { await decisions.run() } }
        }
    }

    /// Looks at providers' keys again: targets whose key was refused are tried with the new one.
    func keysChanged() { health.reload(keyMarks: Self.keyMarks(of: configuration)) }

    /// A text for each deployment that changes with its key and does not reveal it; one without a key has one, too, or
    /// it would not be known before its first call.
    private static func keyMarks(of configuration: RoutingConfiguration) -> [DeploymentID: String] {
        let keys = Dictionary(configuration.providers.map { ($0.name, $0.keys) }) { first, _ in first }
        var marks: [DeploymentID: String] = [:]
        for target in configuration.routes.flatMap(\.targets) {
            guard let key = keys[target.provider]??.current else {
                marks[target.deployment] = "no key"
                continue
            }
            let digest = SHA256.hash(data: Array("key mark\n\(key.exposed)".utf8))
            marks[target.deployment] = Hexadecimal.encode(Array(digest.prefix(8)))
        }
        return marks
    }

    /// The vectors of all example phrases. One that cannot be embedded decides nothing.
    private static func examples(
        of configuration: RoutingConfiguration, encoder: Encoder, logger: Logger
    ) async -> [String: EmbeddingVector] {
        let phrases = Set(configuration.routes.flatMap { $0.selection?.examples.flatMap(\.phrases) ?? [] })
        if phrases.isEmpty { return [:] }
        var vectors: [String: EmbeddingVector] = [:]
        for phrase in phrases.sorted() {
            vectors[phrase] = try? await encoder.embedder?.embed(phrase)
        }
        if vectors.count < phrases.count {
            logger.warning(
                "some examples of semantic routes have no vector and decide nothing",
                metadata: ["examples": "\(phrases.count)", "without": "\(phrases.count - vectors.count)"])
        }
        return vectors
    }
}

/// Writes one log line per change of a target.
struct HealthLog: Sendable {
    let logger: Logger

    func told(_ event: HealthEvent) {
        switch event {
        case .opened(let deployment):
            logger.warning("a target fails and is left alone", metadata: ["deployment": "\(deployment)"])
        case .closed(let deployment):
            logger.notice("a target answers again", metadata: ["deployment": "\(deployment)"])
        case .keyRefused(let deployment):
            logger.error("a provider refuses its key", metadata: ["deployment": "\(deployment)"])
        case .keyAccepted(let deployment):
            logger.notice("a provider accepts its key again", metadata: ["deployment": "\(deployment)"])
        }
    }
}
