import GatewayCore
import RedisClient
import RedisStores
import Routing

/// What one pick among three candidates costs: the caller, and Redis.
struct PickBench {
    struct Report: Codable {
        /// One at a time, with the round trip.
        var microseconds = 0.0
        var microsecondsAt99 = 0.0
        /// Of the script, by Redis' own account: the first with room, which is how routes pick.
        var redis = RedisCost()
        /// The same where all candidates are compared.
        var redisByHeadroom = RedisCost()
        /// Of the first with room again, where the caller's tokens, calls under way and money are counted too.
        var redisOfTenant = RedisCost()
        /// A script that merely calls the commands no pick can do without.
        var floor = RedisCost()
    }

    /// Microseconds of one call.
    struct RedisCost: Codable {
        var alone = 0.0
        /// With so many on their way that Redis always has something to do.
        var together = 0.0
    }

    /// What is asked for.
    private enum Question {
        case firstFit, mostHeadroom, ofTenant
    }

    private static let picks = 10_000
    private static let together = 16
    /// The time, what is used of three targets, a lease and what is used of the one that is chosen.
    private static let floorScript = RedisScript(
        """
        local time = redis.call('TIME')
        for k = 1, 5, 2 do redis.call('HMGET', KEYS[k], 'h', 'p', '1') end
        redis.call('ZADD', KEYS[2], 'NX', time[1], ARGV[1])
        redis.call('HSET', KEYS[1], 'h', ARGV[2], '1', ARGV[2])
        return ARGV[2]
        """)

    let redis: RedisClient

    func run() async throws -> Report {
        BenchProgress.show("picks")
        let store = RedisLimitStore(redis: redis)
        var report = Report()
        var times = try await pickInTurn(.firstFit, store)
        report.redis.alone = try await redisMicroseconds()
        times.sort()
        report.microseconds = times[times.count / 2]
        report.microsecondsAt99 = times[times.count * 99 / 100]
        report.redis.together = try await cost { try await pick(.firstFit, store) }
        _ = try await pickInTurn(.mostHeadroom, store)
        report.redisByHeadroom.alone = try await redisMicroseconds()
        report.redisByHeadroom.together = try await cost { try await pick(.mostHeadroom, store) }
        _ = try await pickInTurn(.ofTenant, store)
        report.redisOfTenant.alone = try await redisMicroseconds()
        report.redisOfTenant.together = try await cost { try await pick(.ofTenant, store) }
        try await forgetCosts()
        for _ in 0..<Self.picks { try await touch() }
        report.floor.alone = try await redisMicroseconds()
        report.floor.together = try await cost(touch)
        return report
    }

    private func pickInTurn(_ question: Question, _ store: RedisLimitStore) async throws -> [Double] {
        for _ in 0..<1_000 { try await pick(question, store) }
        try await forgetCosts()
        var times: [Double] = []
        for _ in 0..<Self.picks {
            let start = ContinuousClock.now
            try await pick(question, store)
            times.append(start.duration(to: .now).inMicroseconds)
        }
        return times
    }

    /// - Throws: when there is no room: a refusal costs less than a pick, and its time would be taken for one.
    private func pick(_ question: Question, _ store: RedisLimitStore) async throws {
        var limits = Limits()
        limits.requests = 10_000_000
        limits.totalTokens = 1_000_000_000
        var request = PickRequest(
            lease: LeaseID(RequestID().description), inputTokens: 500, outputTokens: 200,
            candidates: (0..<3).map {
                PickRequest.Candidate(DeploymentID("d\($0)"), limits: limits, nanodollars: 1_000)
            })
        switch question {
        case .firstFit: break
        case .mostHeadroom: request.mode = .mostHeadroom
        case .ofTenant: request.scopes = [Self.tenant]
        }
        guard case .granted = try await store.pick(request) else { throw BenchError("a pick was refused") }
    }

    private static let tenant: ScopeLimits = {
        var limits = Limits()
        limits.totalTokens = 1_000_000_000
        limits.concurrency = 10_000_000
        return ScopeLimits(
            LimitScope(.tenant, "t"), limits: limits,
            budgets: [HardBudget(.day, nanodollars: Limits.largestAmount)])
    }()

    private func touch() async throws {
        let keys = (0..<3).flatMap { ["rf:{rl}:d:floor\($0)", "rf:{rl}:c:d:floor\($0)"] }
        let text = String(repeating: "x", count: 48)
        _ = try await redis.evaluate(
            Self.floorScript, keys: keys, arguments: [.string(RequestID().description), .string(text)])
    }

    private func cost(_ call: @escaping @Sendable () async throws -> Void) async throws -> Double {
        try await forgetCosts()
        try await withThrowingTaskGroup { group in
            for _ in 0..<Self.together {
                group.addTask {
                    for _ in 0..<(Self.picks / Self.together) { try await call() }
                }
            }
            try await group.waitForAll()
        }
        return try await redisMicroseconds()
    }

    private func forgetCosts() async throws {
        _ = try await redis.send(RedisCommand("CONFIG", .string("RESETSTAT")))
    }

    private func redisMicroseconds() async throws -> Double {
        let stats = try await redis.send(RedisCommand("INFO", .string("commandstats"))).string ?? ""
        return RedisCommandStats(stats).microseconds(of: "evalsha") ?? .nan
    }
}
