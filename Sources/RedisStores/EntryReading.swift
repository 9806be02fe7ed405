import GatewayCore
import RedisClient
import SemanticCache

/// Reads the mirrored part of entries over one connection.
struct EntryReading {
    let connection: RedisDedicatedConnection
    let decoder: MirrorDecoder

    /// The entries under `keys`, without those that are gone, hold something else, or have no vector of the encoder.
    func read(_ keys: [String]) async throws(CacheStoreError) -> [MirroredEntry] {
        let replies: [RedisReply]
        do throws(RedisError) {
            replies = try RedisChangeFeed.checked(
                try await connection.send(
                    keys.map(MirrorDecoder.read), timeout: RedisChangeFeed.readTimeout))
        } catch {
            throw CacheStoreError(error)
        }
        var entries: [MirroredEntry] = []
        entries.reserveCapacity(keys.count)
        for (key, reply) in zip(keys, replies) {
            guard let id = RedisChangeFeed.entry(ofKey: key) else { continue }
            if let entry = decoder.entry(reply, id: id) { entries.append(entry) }
        }
        return entries
    }
}
