import GatewayCore
import GatewayTesting
import RedisClient
import RedisStores
import Routing

/// A store whose scripts take the time from a key that the test sets; all else of their text is what ships.
struct ClockedLimits {
    static let clockKey = "rf:{rl}:test-now"

    let server: RedisServer
    let redis: RedisClient
    let store: RedisLimitStore
    let clock: SettableClock

    var suite: LimitStoreSuite {
        LimitStoreSuite(store: store, clock: clock, tell: tell) { [store] in await store.flush() }
    }

    @Sendable
    func tell(_ time: UnixTime) async throws {
        _ = try await redis.send(RedisCommand("SET", .string(Self.clockKey), .integer(Int(time.milliseconds))))
    }
}

/// Runs `body` with a server of its own and a store on it, and ends both whatever happens.
func withClockedLimits(_ body: (ClockedLimits) async throws -> Void) async throws {
    try await withRedis { server, client in
        let clock = SettableClock(LimitStoreSuite.start)
        let store = RedisLimitStore(
            redis: client, scripts: LimitScripts(clock: .key(ClockedLimits.clockKey)), now: { clock.now })
        let limits = ClockedLimits(server: server, redis: client, store: store, clock: clock)
        try await limits.tell(limits.clock.now)
        try await running(store) { try await body(limits) }
    }
}

/// Runs `body` while the stores send what they are handed.
func running(_ stores: RedisLimitStore..., body: () async throws -> Void) async throws {
    let tasks = stores.map { store in Task { await store.run() } }
    let result: Result<Void, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    for task in tasks {
        task.cancel()
        await task.value
    }
    try result.get()
}
