package import GatewayCore
package import RedisClient
package import SemanticCache

/// The fleet's purse for judges: what was taken on a day (UTC) under one key, by `INCRBY`.
package struct RedisAuditPurse: AuditPurse {
    /// A day and what clocks may differ.
    private static let life = 2 * 24 * 60 * 60

    private let redis: RedisClient
    private let now: @Sendable () -> UnixTime

    package init(redis: RedisClient, now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }) {
        self.redis = redis
        self.now = now
    }

    package func take(_ amount: Int, limit: Int) async throws(CacheStoreError) -> Bool {
        let taken: Int64
        do throws(RedisError) {
            taken = try await add(amount)
        } catch {
            throw CacheStoreError(error)
        }
        if taken <= limit { return true }
        await correct(by: -amount)
        return false
    }

    package func correct(by amount: Int) async { _ = try? await add(amount) }

    private func add(_ amount: Int) async throws(RedisError) -> Int64 {
        let key = RedisArgument.string(Keyspace.auditSpend(day: now().milliseconds / 86_400_000))
        let replies = try await redis.send([
            RedisCommand("INCRBY", key, .integer(amount)), RedisCommand("EXPIRE", key, .integer(Self.life)),
        ])
        guard let taken = try replies.first?.checked().integer else {
            throw RedisError(.unexpectedReply, "INCRBY must answer a number")
        }
        return taken
    }
}
