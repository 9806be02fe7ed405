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
    private let leaseLife: Duration

    /// - Parameters:
    ///   - replica: names this process; no other has the same name.
    ///   - policy: for budgets while Redis is out of reach.
    ///   - leaseLife: of the leases that picks ask for: they are renewed in time.
    init(
        redis: RedisClient, replica: String, policy: BudgetOutagePolicy, leaseLife: Duration, logger: Logger
    ) {
        let live = LiveReplicas()
        shared = RedisLimitStore(redis: redis)
        store = FallbackLimitStore(shared: shared, replicas: live, policy: policy, logger: logger)
        census = RedisReplicaCensus(redis: redis, replica: replica, live: live)
        self.leaseLife = leaseLife
    }

    /// Whether this replica decides by itself.
    var isDegraded: Bool { store.isDegraded }

    /// Settlements, renewals and providers' words that did not reach Redis.
    var lost: Int { shared.lost }

    /// Sends what is settled, renews leases and counts replicas until it is cancelled.
    func run() async {
        async let settling: Void = shared.run()
        async let counting: Void = census.run()
        // Two renewals in a row may fail before a lease ends.
        async let renewing: Void = store.run(every: leaseLife / 4)
        _ = await (settling, counting, renewing)
    }
}
