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

    /// One round. What one ledger refuses is no hindrance for the others.
    /// - Throws: what Redis refused first; or that it does not answer, and then nothing more was asked of it.
    func keep() async throws(RedisError) {
        var refusal: RedisError?
        try await tellHits(&refusal)
        let lease = RedisCommand(
            "SET", .string(Keyspace.quotaLease), "1", "NX", "PX", .integer(max(1, Int(pause / .milliseconds(1)) - 1)))
        let isMine = try await redis.send(lease).string == "OK"
        for tenant in book.rules.limited {
            try await hear(tenant)
            if isMine { try await sweep(tenant, &refusal) }
        }
        if let refusal { throw refusal }
    }

    private func tellHits(_ refusal: inout RedisError?) async throws(RedisError) {
        var untold = book.takeHits()[...]
        while let (tenant, shard, hits) = untold.first {
            var arguments: [RedisArgument] = []
            for (entry, count) in hits { arguments += [.string(entry.description), .integer(count)] }
            do throws(RedisError) {
                _ = try await redis.evaluate(
                    QuotaScripts.hits, keys: [Keyspace.ledger(of: tenant, shard: shard)], arguments: arguments)
            } catch {
                guard error.code == .server else {
                    book.putBack(untold)
                    throw error
                }
                // What is refused for good would fill the book.
                if error.isRetriable { book.putBack(untold.prefix(1)) }
                if refusal == nil { refusal = error }
            }
            untold = untold.dropFirst()
        }
    }

    private func hear(_ tenant: TenantID) async throws(RedisError) {
        let replies = try await redis.send(
            (0..<Keyspace.shards).map { RedisCommand("HGET", .string(Keyspace.ledger(of: tenant, shard: $0)), "t") })
        for (shard, reply) in replies.enumerated() {
            book.heard(Int(reply.integer ?? 0), of: tenant, in: shard)
        }
    }

    /// Each shard gives up its part of what is too much, by the sums as they were last heard.
    func sweep(_ tenant: TenantID, _ refusal: inout RedisError?) async throws(RedisError) {
        guard let quota = book.rules.bytes(of: tenant) else { return }
        let sums = book.sums(of: tenant)
        let all = sums.reduce(0, +)
        let isHigh = Double(all) > Double(quota) * Self.high
        for (shard, sum) in sums.enumerated() where sum > 0 {
            // What was stored since the sums were heard must not go where there is room for it.
            let goal = isHigh ? Int(Double(sum) * Double(quota) * Self.low / Double(max(all, 1))) : quota
            do throws(RedisError) {
                try await sweep(tenant, shard: shard, to: goal)
            } catch {
                guard error.code == .server else { throw error }
                if refusal == nil { refusal = error }
            }
        }
    }

    private func sweep(_ tenant: TenantID, shard: Int, to goal: Int) async throws(RedisError) {
        let reply = try await redis.evaluate(
            QuotaScripts.sweep,
            keys: [
                Keyspace.expiries(of: tenant, shard: shard), Keyspace.ledger(of: tenant, shard: shard),
                Keyspace.log(shard: shard),
            ],
            arguments: [
                .string(Keyspace.entries(shard: shard)), .integer(goal), .string(Keyspace.answers(shard: shard)),
            ])
        guard let values = reply.array, values.count == 2, let left = values[0].integer else { return }
        book.heard(Int(left), of: tenant, in: shard, evicted: Int(values[1].integer ?? 0))
    }
}
