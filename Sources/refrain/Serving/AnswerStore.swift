import GatewayConfig
import RedisClient
import RedisStores
import Routing
import SemanticCache

/// Where answers are looked up and written: Redis, with hot answers in memory in front of it if the operator allows.
struct AnswerStore {
    let front: any CacheStore
    let redis: RedisCacheStore
    /// Nil when every answer is asked for in Redis.
    let hot: HotTier?

    init(_ client: RedisClient, _ configuration: GatewayConfiguration) {
        let cache = configuration.cache
        let quotas = cache.quotas.limited.isEmpty ? nil : QuotaBook(cache.quotas)
        let redis = RedisCacheStore(redis: client, codec: EntryCodec(configuration), quotas: quotas)
        hot = cache.l1Staleness > .zero
            ? HotTier(
                redis, byteLimit: cache.l1BytesLimit, staleness: cache.l1Staleness, ledger: redis.ledger)
            : nil
        front = hot ?? redis
        self.redis = redis
    }

    /// Where answers are stored that were made anew.
    var refreshes: RedisRefreshStore {
        RedisRefreshStore(redis) { [hot] entry, partition in hot?.follow(.added(entry, partition)) }
    }

    /// What stores answers.
    func writer(_ configuration: CacheConfiguration, door: IndexDoor, router: Router) -> CacheWriter {
        CacheWriter(
            store: front, configuration: configuration, refreshes: refreshes, door: door,
            price: { router.cost(of: $0, model: $1) })
    }

    /// Keeps the ledgers of tenants with a quota; nil where there are none.
    func keeper(_ client: RedisClient) -> Running? {
        redis.quotas.map { book in Running { await QuotaKeeper(redis: client, book: book).run() } }
    }

    /// Tells Redis of the purges this replica has seen, each time it is back.
    func reasserting(after connections: AsyncStream<Void>) -> Running {
        Running { [redis] in for await _ in connections { await redis.reassert() } }
    }
}
