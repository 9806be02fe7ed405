package import NIOCore
package import ProviderAPIs
package import RedisClient

/// Responses in Redis, so that any replica can go on from them. One key each, one command each way.
package struct RedisResponseStore: ResponseStore {
    private let redis: RedisClient
    private let life: Int

    /// - Parameter life: at least a millisecond.
    package init(redis: RedisClient, life: Duration) {
        self.redis = redis
        self.life = max(1, Int(life / .milliseconds(1)))
    }

    package func save(_ response: ByteBuffer, under key: ResponseKey) async throws(ResponseStoreError) {
        let command = RedisCommand(
            "SET", .string(Keyspace.response(key)), .buffer(response), .string("PX"), .integer(life))
        do throws(RedisError) { _ = try await redis.send(command) } catch { throw ResponseStoreError("\(error)") }
    }

    package func load(_ key: ResponseKey) async throws(ResponseStoreError) -> ByteBuffer? {
        do throws(RedisError) {
            return try await redis.send(RedisCommand("GET", .string(Keyspace.response(key)))).expectBytes()
        } catch {
            throw ResponseStoreError("\(error)")
        }
    }

    package func delete(_ key: ResponseKey) async throws(ResponseStoreError) -> Bool {
        do throws(RedisError) {
            return try await redis.send(RedisCommand("UNLINK", .string(Keyspace.response(key)))).expectInteger() > 0
        } catch {
            throw ResponseStoreError("\(error)")
        }
    }
}
