import CurlClient
import Embedding
import GatewayConfig
import GatewayCore
import Logging
import Pipeline
import RedisClient
import RedisStores
import SemanticCache
import ServiceLifecycle

/// The encoder before this one, and an index of what was stored with it.
struct FormerEncoder: Service {
    private let encoder: Encoder
    private let check: EncoderCheck
    private let mirror: IndexMirror
    private let scanner: VectorScanner
    private let lookup: CacheLookup
    /// Half of what a request waits for vectors: the present encoder has the other half.
    private let deadline: Duration

    /// Nil where none is configured, it cannot be read, or it is the present one.
    init?(
        _ configuration: GatewayConfiguration, present: Encoder, curl: CurlClient, redis: RedisClient,
        store: AnswerStore, logger: Logger
    ) {
        let cache = configuration.cache
        guard let previous = configuration.embedding.previous, cache.mode == .semantic, present.embedder != nil else {
            return nil
        }
        var logger = logger
        logger[metadataKey: "embedding"] = "previous"
        let encoder = Encoder(
            configuration: configuration.embedding.former(previous), isWanted: true, curl: curl, logger: logger)
        let identity = encoder.identity
        if identity == present.identity {
            logger.warning("embedding.previous is the present encoder: it can be left out")
            return nil
        }
        let canaries = RedisCanaryStore(redis: redis, faults: store.redis.codec.faults)
        guard let check = encoder.check(canaries, logger: logger) else { return nil }
        let index = VectorIndex(dimension: identity.dimension)
        scanner = VectorScanner(dimension: identity.dimension, queueLimit: cache.scanQueueLimit)
        var standards = HitStandards(.threshold(previous.threshold))
        standards.namespaces = cache.standards.namespaces
        lookup = CacheLookup(
            store: store.front, index: index, scanner: scanner, rule: SimilarityRule(threshold: previous.threshold),
            candidates: cache.candidates, freshness: cache.freshness, standards: standards, encoder: identity)
        mirror = IndexMirror(
            feed: RedisChangeFeed(redis: redis, codec: store.redis.codec), index: index, encoder: identity,
            logger: logger, grace: configuration.longestStaleIfError)
        deadline = configuration.embedding.deadline / 2
        self.encoder = encoder
        self.check = check
    }

    /// How requests search it.
    /// - Parameter onHit: hears of each answer that was found.
    func search(onHit: @escaping @Sendable () -> Void) -> FormerSearch? {
        encoder.stage(deadline: deadline, check: check).map {
            FormerSearch(encoder: $0, lookup: lookup, patience: deadline, onHit: onHit)
        }
    }

    func run() async throws {
        async let checking: Void = Running { [check] in await check.run() }.run()
        try await mirror.run()
        try await checking
        scanner.shutdown()
        await encoder.shutdown()
    }
}
