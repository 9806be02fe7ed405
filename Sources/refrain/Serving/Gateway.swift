import CoreMetrics
import CurlClient
import Embedding
import GatewayConfig
import GatewayCore
import GatewayHTTP
import Logging
import NIOCore
import NIOPosix
import Pipeline
import Policy
import RedisClient
import RedisStores
import RequestAnalysis
import Routing
import SemanticCache
import ServiceLifecycle
import Telemetry
import Threads
import Upstream

/// The only place where concrete types meet.
struct Gateway {
    /// In the order in which they start; they end in the opposite order, so that nothing loses what it stands on.
    let services: [ServiceGroupConfiguration.ServiceConfiguration]

    init(configuration: GatewayConfiguration, logger: Logger) async throws {
        let registry = PrometheusRegistry()
        let instruments = Instruments(factory: registry)
        let threads = configuration.server.threads > 0 ? configuration.server.threads : Processors.allowed
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        let watch = RedisWatch(logger: logger, gauge: instruments.redisDegraded)
        let redis = try configuration.redisClient(loops, threads: threads, watch: watch, logger: logger)
        let curl = try CurlClient(configuration: configuration.curl)
        let encoder = configuration.encoder(over: curl, logger)
        let cache = try CacheParts(
            configuration, redis: redis, encoder: encoder, curl: curl, instruments: instruments, logger: logger)
        let (store, decisions, similarity, sharing) = (cache.store, cache.decisions, cache.similarity, cache.sharing)
        let door = similarity.door(configuration.cache, store: store)
        configuration.warn(logger)
        let limitRedis = try configuration.redisClient(loops, threads: threads, watch: nil, logger: logger)
        let upstream = UpstreamCaller(curl: curl, configuration: configuration.upstream, logger: logger)
        let routes = await Routes(
            configuration: configuration.routing, redis: limitRedis, upstream: upstream, encoder: encoder,
            judgesHits: configuration.cache.mode != .off, logger: logger)
        let keys = try KeyWatch(configuration.secrets, logger: logger) { routes.keysChanged() }
        let auditing = AuditServices(configuration: configuration.cache, redis: redis)
        let recorder = Telemetry.Recorder(
            instruments: instruments, logger: logger, decisions: routes.decisions?.add, lookups: auditing.lookups)
        let encoderStage = encoder.stage(deadline: configuration.embedding.deadline, check: cache.check)
        let thoughts = configuration.upstream.thoughtStore(redis: redis)
        let refreshes = configuration.refreshDesk(store.refreshes, recorder: recorder)
        let analyzer = RequestAnalyzer(configuration: configuration.analysis)
        let audits = auditing.desk(
            analyzer: analyzer, router: routes.router, upstream: upstream, store: store, recorder: recorder
        ) { [desk = decisions?.desk] ticket, isRight, source in desk?.learn(ticket, same: isRight, from: source) }
        let labels = decisions?.labels(encoder: encoderStage, audits: audits)
        let pipeline = Pipeline(
            directory: TenantDirectory(configuration: configuration.policy), analyzer: analyzer,
            cache: similarity.stage(
                configuration.cache, encoder: encoderStage, door: door, store: store,
                former: cache.former?.search { instruments.formerHits.increment() }),
            router: routes.router, upstream: upstream,
            writer: store.writer(configuration.cache, door: door, router: routes.router),
            recorder: recorder, answers: routes.answers, responses: configuration.responses.desk(redis: redis),
            served: encoder.served(as: configuration.embedding.servedModel), thoughts: thoughts.map(ThoughtDesk.init),
            coalescing: sharing.coalescing, replayPace: ReplayPace(rate: configuration.cache.replayRate),
            refreshes: refreshes, labels: labels, audits: audits,
            judgments: configuration.cache.mode == .off ? nil : store.judgments(decisions?.desk, logger))
        let health = ProcessHealth(redis: redis, similarity: similarity, encoder: encoder.health, check: cache.check)
        let scrape = Scrape(
            registry: registry, instruments: instruments, index: similarity.index, encoder: encoder, store: store,
            mirror: similarity.mirror, routes: routes, keys: keys, coalescing: sharing.coalescing,
            decisions: decisions?.desk, labels: labels, door: door, check: cache.check, former: cache.former)
        let admin = AdminDesk(configuration, pipeline, redis, cache, encoderStage, logger)
        let server = configuration.server(
            GatewayServices(pipeline: pipeline, health: health, admin: admin, metrics: scrape.text), on: loops, logger)
        // Health is last, so that it is the first to hear of a shutdown: `/readyz` says no while requests still end.
        let running: [(name: String, service: (any Service)?)] = [
            ("loops", LoopsService(loops: loops)),
            ("providers", Closing { await curl.shutdown() }), ("redis", RedisService(redis: redis)),
            ("purges", store.reasserting(after: watch.connections)),
            ("limits redis", RedisService(redis: limitRedis)), ("routes", Running { await routes.run() }),
            ("door", Running { await door.run() }), ("quotas", store.keeper(redis)),
            ("thoughts", Running(thoughts) { await $0.run() }), ("keys", Running { await keys.run() }),
            ("evidence", Running(decisions) { await $0.link.run() }), ("labels", Running(labels) { await $0.run() }),
            ("audits", Running(audits) { await $0.run() }), ("record", Running(auditing.record) { await $0.run() }),
            ("encoder", Closing { await encoder.shutdown() }),
        ]
        let serving: [(name: String, service: (any Service)?)] = [
            ("refreshes", Running(refreshes) { await $0.run() }),
            ("server", CheckedServer(server: server, check: cache.check)), ("health", health),
        ]
        services = Self.configured(running + cache.services + serving)
    }

    /// Named by us: the default is a text of the whole value, drawn at every start.
    private static func configured(
        _ running: [(name: String, service: (any Service)?)]
    ) -> [ServiceGroupConfiguration.ServiceConfiguration] {
        running.compactMap { name, service in service.map { .init(service: $0, serviceName: name) } }
    }
}

extension GatewayConfiguration {
    /// What takes requests and answers them.
    func server(
        _ services: GatewayServices, on loops: MultiThreadedEventLoopGroup, _ logger: Logger
    ) -> GatewayServer {
        GatewayServer(
            configuration: server, services: services, group: loops,
            onListening: { tellAddress(port: $0, logger) })
    }

    fileprivate func encoder(over curl: CurlClient, _ logger: Logger) -> Encoder {
        Encoder(configuration: embedding, isWanted: cache.mode == .semantic, curl: curl, logger: logger)
    }

    /// A client of Redis with a connection for each event loop at least: a request asks Redis over its own.
    /// - Parameter watch: hears of what becomes of its connections.
    fileprivate func redisClient(
        _ loops: MultiThreadedEventLoopGroup, threads: Int, watch: RedisWatch?, logger: Logger
    ) throws -> RedisClient {
        var configuration = redis
        configuration.connectionCount = min(max(configuration.connectionCount, threads), 64)
        guard let watch else {
            return try RedisClient(configuration: configuration, eventLoopGroup: loops, logger: logger)
        }
        return try RedisClient(
            configuration: configuration, eventLoopGroup: loops, logger: logger, onStateChange: watch.changed)
    }
}

/// The search by meaning, put together for one encoder.
struct SimilaritySearch {
    let index: VectorIndex
    let scanner: VectorScanner
    let lookup: CacheLookup
    /// Nil when nothing follows the log: without a search by meaning nothing would ever be looked for in the index, and
    /// without hot answers nothing is to be forgotten.
    let mirror: IndexMirror?

    init(
        cache: CacheConfiguration, grace: Duration, encoder: Encoder, store: AnswerStore, feed: RedisChangeFeed,
        desk: DecisionDesk?, logger: Logger
    ) {
        let identity = encoder.identity
        index = VectorIndex(dimension: identity.dimension)
        scanner = VectorScanner(dimension: identity.dimension, queueLimit: cache.scanQueueLimit)
        lookup = CacheLookup(
            store: store.front, index: index, scanner: scanner,
            rule: SimilarityRule(threshold: cache.standards.thresholdOfFlights), candidates: cache.candidates,
            freshness: cache.freshness, desk: desk, standards: cache.standards, encoder: identity)
        let isSearched = encoder.embedder != nil && cache.mode == .semantic
        mirror =
            !isSearched && store.hot == nil
            ? nil
            : IndexMirror(
                feed: feed, index: index, encoder: identity, logger: logger, roster: isSearched ? feed : nil,
                grace: grace
            ) { [hot = store.hot] change in
                hot?.follow(change)
            }
    }
}

extension SimilaritySearch {
    /// What looks answers up.
    fileprivate func stage(
        _ configuration: CacheConfiguration, encoder: EncoderStage?, door: IndexDoor, store: AnswerStore,
        former: FormerSearch?
    ) -> CacheStage {
        var counts: (@Sendable (CacheHit, AnalyzedRequest) -> Void)?
        if let quotas = store.redis.quotas { counts = { quotas.hit($0, by: $1) } }
        return CacheStage(
            mode: configuration.mode, lookup: lookup, encoder: encoder, former: former, door: door, counts: counts)
    }

    /// What decides which questions the search finds.
    fileprivate func door(_ configuration: CacheConfiguration, store: AnswerStore) -> IndexDoor {
        IndexDoor(
            configuration.sight, index: index, store: store.redis, promoting: store.redis,
            storesPrompts: configuration.storesPrompts)
    }
}

extension GatewayConfiguration {
    /// Says what is allowed and not wise.
    fileprivate func warn(_ logger: Logger) {
        if analysis.key.exposed.isEmpty {
            logger.warning("cache.key is not set: who can read Redis can test which questions were asked")
        }
    }

    fileprivate func tellAddress(port: Int, _ logger: Logger) {
        logger.notice("listening", metadata: ["address": "http://\(server.host):\(port)"])
    }
}
