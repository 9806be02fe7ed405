package import GatewayCore
import NIOConcurrencyHelpers
package import RedisClient
package import SemanticCache

/// What the mirror follows: the entries by `SCAN`, the changes by a blocking `XREAD` over the logs of all shards, on
/// a connection of its own so that waiting holds up nobody. One reader at a time.
package final class RedisChangeFeed: CacheChangeFeed {
    private let redis: RedisClient
    private let connection = NIOLockedValueBox<RedisDedicatedConnection?>(nil)

    /// For replies that a command's usual time limit is not made for.
    private static let readTimeout: Duration = .seconds(10)
    /// Keys looked at by one step of a scan, and entries read by one pipeline. Their vectors come over connections
    /// that also carry lookups, so the replies (1.7 KB a key) must not hold those up for a noticeable time.
    private static let scanCount = 128
    /// Of each shard.
    private static let changesPerRead = 512
    /// Half the log's life: a reader that was away longer may have missed changes.
    private static let longestAbsence: Duration = .milliseconds(CacheScripts.logLifeMilliseconds / 2)

    package init(redis: RedisClient) {
        self.redis = redis
    }

    package func head() async throws(CacheStoreError) -> FeedPosition {
        let commands = (0..<Keyspace.shards).map {
            RedisCommand("XREVRANGE", .string(Keyspace.log(shard: $0)), "+", "-", "COUNT", .integer(1))
        }
        let replies = try await send(commands)
        return FeedPosition(lastSeen: replies.map { $0.array?.first?.array?.first?.string ?? "0-0" })
    }

    package func page(
        from cursor: FeedCursor?, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> FeedPage {
        let scan = RedisCommand(
            "SCAN", .string(cursor?.token ?? "0"), "MATCH", .string(Keyspace.allEntries), "COUNT",
            .integer(Self.scanCount))
        let reply = try await send([scan])
        guard let parts = reply.first?.array, parts.count == 2, let next = parts[0].string,
            let keys = parts[1].array?.compactMap(\.string)
        else { throw CacheStoreError(.malformed, "SCAN must answer a cursor and keys") }
        let entries = try await read(keys.compactMap { key in Self.entry(ofKey: key).map { (key, $0) } }, encoder)
        return FeedPage(entries: entries, next: next == "0" ? nil : FeedCursor(token: next))
    }

    package func changes(
        after position: FeedPosition, wait: Duration
    ) async throws(CacheStoreError) -> (changes: [CacheChange], position: FeedPosition) {
        guard position.taken.duration(to: .now) < Self.longestAbsence else {
            throw CacheStoreError(.gap, "the last change was read too long ago")
        }
        var command = RedisCommand(
            "XREAD", "COUNT", .integer(Self.changesPerRead), "BLOCK", .integer(max(1, Int(wait / .milliseconds(1)))),
            "STREAMS")
        for shard in 0..<Keyspace.shards { command.append(Keyspace.log(shard: shard)) }
        for id in position.lastSeen { command.append(id) }
        let reply = try await block(command, timeout: wait + Self.readTimeout)
        var lastSeen = position.lastSeen
        var changes: [CacheChange] = []
        for stream in reply.array ?? [] {
            guard let parts = stream.array, parts.count == 2, let shard = parts[0].string.flatMap(Self.shard(ofLog:))
            else {
                throw CacheStoreError(.malformed, "XREAD must answer names and entries of the logs asked for")
            }
            for line in parts[1].array ?? [] {
                guard let fields = line.array, fields.count == 2, let id = fields[0].string else { continue }
                lastSeen[shard] = id
                if let change = Self.change(fields[1].array ?? []) { changes.append(change) }
            }
        }
        return (changes, FeedPosition(lastSeen: lastSeen))
    }

    package func mirrored(
        _ entries: [(entry: EntryID, partition: PartitionID)], encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [MirroredEntry] {
        try await read(entries.map { (Keyspace.entry($0.entry, in: $0.partition), $0.entry) }, encoder)
    }

    // MARK: - Reading

    private func read(
        _ keys: [(key: String, entry: EntryID)], _ encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [MirroredEntry] {
        guard !keys.isEmpty else { return [] }
        var entries: [MirroredEntry] = []
        for start in stride(from: 0, to: keys.count, by: Self.scanCount) {
            let step = keys[start..<min(start + Self.scanCount, keys.count)]
            let commands = step.map { key, _ in
                var command = RedisCommand("HMGET", capacity: 128)
                command.append(key)
                for field in EntryCodec.mirroredFields { command.append(field) }
                return command
            }
            for (key, reply) in zip(step, try await send(commands)) {
                guard let values = reply.array else { continue }
                if let entry = EntryCodec.mirrored(values, id: key.entry, encoder: encoder) { entries.append(entry) }
            }
        }
        return entries
    }

    /// A server's refusal of any command is thrown: an entry that cannot be read just now must not look gone. Only a
    /// key that holds something else than an entry is passed over.
    private func send(_ commands: [RedisCommand]) async throws(CacheStoreError) -> [RedisReply] {
        do throws(RedisError) {
            let replies = try await redis.send(commands, timeout: Self.readTimeout)
            for reply in replies where reply.error?.prefix != "WRONGTYPE" { _ = try reply.checked() }
            return replies
        } catch {
            throw CacheStoreError(error)
        }
    }

    /// Sends on the feed's own connection, opening it when there is none.
    private func block(_ command: RedisCommand, timeout: Duration) async throws(CacheStoreError) -> RedisReply {
        do throws(RedisError) {
            let connection = try await open()
            do throws(RedisError) {
                return try await connection.send(command, timeout: timeout)
            } catch {
                // A reply that is still under way must not meet the next question: start on a fresh connection.
                self.connection.withLockedValue { $0 = nil }
                await connection.close()
                throw error
            }
        } catch {
            throw CacheStoreError(error)
        }
    }

    private func open() async throws(RedisError) -> RedisDedicatedConnection {
        if let open = connection.withLockedValue({ $0 }) { return open }
        let fresh = try await redis.openDedicated()
        connection.withLockedValue { $0 = fresh }
        return fresh
    }

    private static func entry(ofKey key: String) -> EntryID? {
        key.split(separator: ":").last.flatMap { EntryID(hexadecimal: String($0)) }
    }

    private static func shard(ofLog key: String) -> Int? {
        guard let open = key.firstIndex(of: "{"), let close = key.firstIndex(of: "}"), open < close,
            let shard = Int(key[key.index(after: open)..<close]), (0..<Keyspace.shards).contains(shard)
        else { return nil }
        return shard
    }

    /// Reads `op`, `e` and `p` from a log line; nil for kinds of lines a later version may write.
    private static func change(_ fields: [RedisReply]) -> CacheChange? {
        var values: [String: String] = [:]
        for index in stride(from: 0, to: fields.count - 1, by: 2) {
            if let name = fields[index].string { values[name] = fields[index + 1].string }
        }
        guard let entry = values["e"].flatMap(EntryID.init(hexadecimal:)),
            let partition = values["p"].flatMap(Hexadecimal.decode).flatMap(PartitionID.init(bytes:))
        else { return nil }
        return switch values["op"] {
        case "add": .added(entry, partition)
        case "del": .deleted(entry, partition)
        default: nil
        }
    }
}
