package import GatewayCore
import NIOCore
package import RedisClient
package import SemanticCache

/// Canaries in Redis: one key for each encoder, all vectors one behind the other in an envelope.
///
/// What cannot be read is counted and written anew: otherwise one damaged byte would end the search by meaning.
package struct RedisCanaryStore: CanaryStore {
    private let redis: RedisClient
    private let faults: EntryFaultCounts

    /// - Parameter faults: hears of what cannot be read.
    package init(redis: RedisClient, faults: EntryFaultCounts) {
        self.redis = redis
        self.faults = faults
    }

    package func canaries(of encoder: EncoderIdentity) async throws(CacheStoreError) -> [EmbeddingVector]? {
        read(try await send([RedisCommand("GET", Self.key(of: encoder))]).first, of: encoder)
    }

    package func keep(
        _ canaries: [EmbeddingVector], of encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [EmbeddingVector] {
        let (key, value) = (Self.key(of: encoder), RedisArgument.buffer(try CanaryCodec.encode(canaries, of: encoder)))
        let get = RedisCommand("GET", key)
        let replies = try await send([RedisCommand("SET", key, value, .string("NX")), get])
        if let kept = read(replies.last, of: encoder) { return kept }
        // Of several that write it anew at once the last one stands; the others find that out at their next check.
        return read(try await send([RedisCommand("SET", key, value), get]).last, of: encoder) ?? canaries
    }

    private static func key(of encoder: EncoderIdentity) -> RedisArgument { .string(Keyspace.canaries(of: encoder)) }

    /// - Throws: what Redis refuses, but for a key of another type: that is something which cannot be read.
    private func send(_ commands: [RedisCommand]) async throws(CacheStoreError) -> [RedisReply] {
        do throws(RedisError) {
            let replies = try await redis.send(commands)
            for reply in replies where reply.error?.prefix != "WRONGTYPE" { _ = try reply.checked() }
            return replies
        } catch {
            throw CacheStoreError(error)
        }
    }

    private func read(_ reply: RedisReply?, of encoder: EncoderIdentity) -> [EmbeddingVector]? {
        guard let reply, !reply.isNull else { return nil }
        do throws(EntryFault) {
            guard let envelope = reply.bytes else { throw .foreign }
            return try CanaryCodec.decode(envelope, of: encoder)
        } catch {
            faults.count(error)
            return nil
        }
    }
}
