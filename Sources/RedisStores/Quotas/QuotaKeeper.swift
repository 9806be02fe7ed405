import GatewayCore
package import RedisClient
import SemanticCache

/// Keeps the ledgers true: tells hits, hears sums, and lets entries go before a tenant is at its quota. One replica at
/// a time sweeps; the others hear what it came to.
package struct QuotaKeeper: Sendable {
    private let redis: RedisClient
    private let book: QuotaBook
    private let pause: Duration

    /// A tenant above this share of its quota is brought down to the one below it, so that there is room in every shard
    /// for what comes between two sweeps.
    private static let high = 0.95
    private static let low = 0.9

    package init(redis: RedisClient, book: QuotaBook, pause: Duration = .seconds(5)) {
        self.redis = redis
        self.book = book
        self.pause = pause
    }

    /// Until its task is cancelled.
    package func run() async {
        if book.rules.limited.isEmpty { return }
        while !Task.isCancelled {
            try? await keep()
            try? await Task.sleep(for: pause)
        }
    }

    /// One round.
    func keep() async throws(RedisError) {
        try await tellHits()
        let lease = RedisCommand(
            "SET", .string(Keyspace.quotaLease), "1", "NX", "PX", .integer(max(1, Int(pause / .milliseconds(1)) - 1)))
        let isMine = try await redis.send(lease).string == "OK"
        for tenant in book.rules.limited {
            if isMine { try await sweep(tenant) } else { try await hear(tenant) }
        }
    }

    private func tellHits() async throws(RedisError) {
        for (tenant, shard, hits) in book.takeHits() {
            var arguments: [RedisArgument] = []
            for (entry, count) in hits { arguments += [.string(entry.description), .integer(count)] }
            _ = try await redis.evaluate(
                QuotaScripts.hits, keys: [Keyspace.ledger(of: tenant, shard: shard)], arguments: arguments)
        }
    }

    private func hear(_ tenant: TenantID) async throws(RedisError) {
        let replies = try await redis.send(
            (0..<Keyspace.shards).map { RedisCommand("HGET", .string(Keyspace.ledger(of: tenant, shard: $0)), "t") })
        for (shard, reply) in replies.enumerated() {
            book.heard(Int(reply.integer ?? 0), of: tenant, in: shard)
        }
    }

    /// Each shard gives up its part of what is too much.
    private func sweep(_ tenant: TenantID) async throws(RedisError) {
        guard let quota = book.rules.bytes(of: tenant) else { return }
        try await hear(tenant)
        let sums = book.sums(of: tenant)
        let all = sums.reduce(0, +)
        let isHigh = Double(all) > Double(quota) * Self.high
        for (shard, sum) in sums.enumerated() where sum > 0 {
            let goal = isHigh ? Int(Double(sum) * Double(quota) * Self.low / Double(max(all, 1))) : sum
            let reply = try await redis.evaluate(
                QuotaScripts.sweep,
                keys: [
                    Keyspace.expiries(of: tenant, shard: shard), Keyspace.ledger(of: tenant, shard: shard),
                    Keyspace.log(shard: shard),
                ],
                arguments: [
                    .string(Keyspace.entries(shard: shard)), .integer(goal), .string(Keyspace.answers(shard: shard)),
                ])
            guard let values = reply.array, values.count == 2, let left = values[0].integer else { continue }
            book.heard(Int(left), of: tenant, in: shard, evicted: Int(values[1].integer ?? 0))
        }
    }
}
