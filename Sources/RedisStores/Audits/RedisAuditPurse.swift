package import GatewayCore
package import RedisClient
package import SemanticCache

/// The fleet's purse for judges: what was taken on a day (UTC) under one key.
package struct RedisAuditPurse: AuditPurse {
    /// A day and what clocks may differ, in seconds.
    private static let life = 2 * 24 * 60 * 60
    /// Nobody waits for a judge, and what is taken without being heard of is lost for the day.
    private static let timeout: Duration = .seconds(2)

    /// Takes an amount if that much is left.
    ///
    /// `KEYS` the day's; `ARGV` amount, limit, life in seconds. Answers 1 when it was taken.
    private static let taking = RedisScript(
        """
        local spent = tonumber(redis.call('GET', KEYS[1])) or 0
        if spent + ARGV[1] > tonumber(ARGV[2]) then return 0 end
        redis.call('INCRBY', KEYS[1], ARGV[1])
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        return 1
        """)

    private let redis: RedisClient
    private let now: @Sendable () -> UnixTime

    package init(redis: RedisClient, now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }) {
        self.redis = redis
        self.now = now
    }

    package func take(_ amount: Int, limit: Int) async throws(CacheStoreError) -> AuditReceipt? {
        let receipt = AuditReceipt(day: now().milliseconds / 86_400_000)
        do throws(RedisError) {
            let reply = try await redis.evaluate(
                Self.taking, keys: [Keyspace.auditSpend(day: receipt.day)],
                arguments: [.integer(amount), .integer(limit), .integer(Self.life)], timeout: Self.timeout)
            return try reply.expectInteger() == 1 ? receipt : nil
        } catch {
            throw CacheStoreError(error)
        }
    }

    package func correct(_ receipt: AuditReceipt, by amount: Int) async {
        let key = RedisArgument.string(Keyspace.auditSpend(day: receipt.day))
        _ = try? await redis.send(
            [RedisCommand("INCRBY", key, .integer(amount)), RedisCommand("EXPIRE", key, .integer(Self.life))],
            timeout: Self.timeout)
    }
}
