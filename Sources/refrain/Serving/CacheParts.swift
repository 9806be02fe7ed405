import CoreMetrics
import CurlClient
import Embedding
import GatewayConfig
import Logging
import Pipeline
import RedisClient
import RedisStores
import SemanticCache
import ServiceLifecycle
import Telemetry

/// What finds answers and keeps them, made of one configuration over one Redis.
struct CacheParts {
    let store: AnswerStore
    let decisions: HitDecisions?
    let similarity: SimilaritySearch
    let sharing: CallSharing
    /// Nil without an encoder.
    let check: EncoderCheck?
    /// The encoder for operators who store many vectors.
    let bulk: (any Embedder)?
    /// Nil where there was no other encoder before.
    let former: FormerEncoder?

    init(
        _ configuration: GatewayConfiguration, redis: RedisClient, encoder: Encoder, curl: CurlClient,
        instruments: Instruments, logger: Logger
    ) throws {
        store = AnswerStore(redis, configuration)
        decisions = try HitDecisions(configuration, encoder: encoder, store: store, redis: redis, logger: logger)
        similarity = SimilaritySearch(
            cache: configuration.cache, grace: configuration.longestStaleIfError, encoder: encoder, store: store,
            feed: RedisChangeFeed(redis: redis, codec: store.redis.codec), desk: decisions?.desk, logger: logger)
        sharing = CallSharing(
            configuration: configuration.cache, redis: redis, encoder: encoder.identity, codec: store.redis.codec,
            lookup: similarity.lookup, logger: logger)
        check = encoder.check(
            RedisCanaryStore(redis: redis, faults: store.redis.codec.faults), logger: logger)
        bulk = encoder.bulk(check)
        former = FormerEncoder(
            configuration, present: encoder, bulk: bulk, curl: curl, redis: redis, store: store, logger: logger,
            onOutcome: { instruments.migrated($0.rawValue).increment(by: $1) })
    }

    /// What runs beside requests and stands on the encoder, in the order in which it starts.
    var services: [(name: String, service: (any Service)?)] {
        [
            ("scanner", Closing { [scanner = similarity.scanner] in scanner.shutdown() }),
            ("check", Running(check) { await $0.run() }), ("former", former),
            ("reembedding", Running(former?.reembedder) { await $0.run() }),
            ("mirror", similarity.mirror), ("flights", Running(sharing.fleet) { await $0.run() }),
        ]
    }
}
