import Logging
import RedisClient
import RedisStores
import Routing

/// Limits counted for the whole fleet in Redis, and by this replica alone while Redis is slow or gone.
struct FleetLimits: Sendable {
    /// What the router asks.
    let store: FallbackLimitStore
    private let shared: RedisLimitStore
    private let census: RedisReplicaCensus

    /// - Parameters:
    ///   - replica: names this process; no other has the same name.
    ///   - policy: for budgets while Redis is out of reach.
    init(redis: RedisClient, replica: String, policy: BudgetOutagePolicy, logger: Logger) {
        let live = LiveReplicas()
        shared = RedisLimitStore(redis: redis)
        store = FallbackLimitStore(shared: shared, replicas: live, policy: policy, logger: logger)
        census = RedisReplicaCensus(redis: redis, replica: replica, live: live)
    }

    /// Whether this replica decides by itself.
    var isDegraded: Bool { store.isDegraded }

    /// Settlements and providers' words that did not reach Redis.
    var lost: Int { shared.lost }

    /// Sends what is settled and counts replicas until it is cancelled.
    func run() async {
        async let settling: Void = shared.run()
        async let counting: Void = census.run()
        _ = await (settling, counting)
    }
}
