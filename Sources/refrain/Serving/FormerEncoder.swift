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

/// The encoder before this one, and an index of what was stored with it, until the present one finds all of that.
struct FormerEncoder: Service {
    /// What gives that the present encoder's vectors; nil where it stays as it is.
    let reembedder: Reembedder?
    private let encoder: Encoder
    private let check: EncoderCheck
    private let mirror: IndexMirror
    private let scanner: VectorScanner
    private let lookup: CacheLookup
    private let index: VectorIndex
    /// Half of what a request waits for vectors: the present encoder has the other half.
    private let deadline: Duration

    /// Nil where none is configured, it cannot be read, or it is the present one.
    /// - Parameters:
    ///   - bulk: the present encoder for who stores many vectors.
    ///   - onOutcome: hears what becomes of what was stored with the one before.
    init?(
        _ configuration: GatewayConfiguration, present: Encoder, bulk: (any Embedder)?, curl: CurlClient,
        redis: RedisClient, store: AnswerStore, logger: Logger,
        onOutcome: @escaping @Sendable (ReembeddingOutcome, Int) -> Void
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
        index = VectorIndex(dimension: identity.dimension)
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
        let embedder = previous.rate > 0 ? bulk : nil
        reembedder = embedder.map { embedder in
            Reembedder(
                EncoderMove(from: identity, to: present.identity), embedder: embedder,
                store: RedisReembeddingStore(store.redis),
                pace: ReembeddingPace(textsPerSecond: previous.rate) { present.isBusy }, logger: logger,
                onOutcome: onOutcome)
        }
    }

    /// Entries that only this encoder finds, as far as this replica knows.
    var remaining: Int { index.count }

    /// How requests search it.
    /// - Parameter onHit: hears of each answer that was found.
    func search(onHit: @escaping @Sendable () -> Void) -> FormerSearch? {
        encoder.stage(deadline: deadline, check: check).map {
            FormerSearch(encoder: $0, lookup: lookup, patience: deadline, isOver: isOver, onHit: onHit)
        }
    }

    private var isOver: @Sendable () -> Bool { { [reembedder] in reembedder?.isComplete ?? false } }

    /// What operators' requests look into beside the present encoder's index.
    var desk: FormerDesk? {
        encoder.stage(deadline: deadline * 2, check: check).map {
            FormerDesk(
                name: encoder.identity, encoder: $0, search: LikenessSearch(index: index, scanner: scanner),
                isOver: isOver)
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await follow() }
        index.removeAll(except: [])
        scanner.shutdown()
        await encoder.shutdown()
        // A service that has nothing more to do is not one that failed.
        try? await gracefulShutdown()
    }

    /// Until nothing is left that only this encoder finds.
    private func follow() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [check] in await check.run() }
            group.addTask { [mirror] in try? await mirror.run() }
            if let reembedder {
                await reembedder.waitUntilComplete()
                group.cancelAll()
            }
        }
    }
}
