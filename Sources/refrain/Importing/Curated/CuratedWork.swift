import CurlClient
import Embedding
import GatewayConfig
import GatewayCore
import Logging
import NIOCore
import Pipeline
import RedisClient
import RedisStores
import RequestAnalysis
import SemanticCache
import Telemetry
import Threads

/// What commands on curated answers work with: the configuration's Redis and encoder, and nothing of a gateway.
struct CuratedWork {
    let importer: CuratedImporter
    let store: RedisCacheStore
    private let redis: RedisClient
    private let encoder: Encoder
    private let curl: CurlClient

    /// Texts that wait for the encoder at once. Only this command asks it.
    private static let textsAtOnce = 256

    /// Connects, and reads the model.
    /// - Throws: what is wrong with the options, or that Redis does not answer.
    init(_ configuration: GatewayConfiguration, _ options: CuratedOptions) async throws {
        let scope = try options.scope(in: configuration.policy)
        LoggingSystem.bootstrap { LogConsole(label: $0, level: .error) }
        let logger = Logger(label: "refrain")
        let analyzer = RequestAnalyzer(configuration: configuration.analysis)
        let template = try options.template(analyzer)
        redis = try await RedisClient.forCommand(configuration.redis, logger: logger)
        curl = try CurlClient(configuration: configuration.curl)
        var embedding = configuration.embedding
        embedding.threads = max(embedding.threads, Processors.allowed)
        embedding.queueLimit = max(embedding.queueLimit, 8 * Self.textsAtOnce)
        encoder = Encoder(
            configuration: embedding, isWanted: configuration.cache.mode == .semantic, curl: curl, logger: logger)
        store = RedisCacheStore(redis: redis, codec: EntryCodec(configuration))
        let check = encoder.check(RedisCanaryStore(redis: redis, faults: store.codec.faults), logger: logger)
        await check?.check()
        importer = try CuratedImporter(
            analyzer: analyzer, embedder: encoder.bulk(check), store: store, configuration: configuration.cache,
            scope: scope, template: template, textsAtOnce: Self.textsAtOnce)
    }

    /// Where the answers stand: without a connection or a model.
    static func shelf(_ configuration: GatewayConfiguration, _ options: CuratedOptions) throws -> CuratedShelf {
        let analyzer = RequestAnalyzer(configuration: configuration.analysis)
        return try CuratedImporter.shelf(
            analyzer: analyzer, configuration: configuration.cache, scope: options.scope(in: configuration.policy),
            template: options.template(analyzer))
    }

    /// The store alone, and how to let it go.
    static func store(
        _ configuration: GatewayConfiguration
    ) async throws -> (store: RedisCacheStore, close: () async -> Void) {
        LoggingSystem.bootstrap { LogConsole(label: $0, level: .error) }
        let redis = try await RedisClient.forCommand(configuration.redis, logger: Logger(label: "refrain"))
        return (RedisCacheStore(redis: redis, codec: EntryCodec(configuration)), { await redis.shutdown() })
    }

    func shutdown() async {
        await redis.shutdown()
        await encoder.shutdown()
        await curl.shutdown()
    }
}
