package import GatewayCore
import NIOConcurrencyHelpers
package import RedisClient
package import SemanticCache

/// What the mirror follows: the entries by `SCAN`, the changes by a blocking `XREAD` over the logs of all shards. Both
/// have connections of their own, so that neither waiting nor many vectors hold up lookups. One reader at a time.
package final class RedisChangeFeed: CacheChangeFeed {
    let redis: RedisClient
    let codec: EntryCodec
    private let connection = NIOLockedValueBox<RedisDedicatedConnection?>(nil)

    /// For replies that a command's usual time limit is not made for.
    static let readTimeout: Duration = .seconds(10)
    /// Entries read by one pipeline. Redis answers a pipeline before it turns to the next connection, and the changed
    /// entries come over connections that also carry lookups: neither may hold those up for a noticeable time.
    static let readCount = 128
    /// Of each shard.
    private static let changesPerRead = 512
    /// Half the log's life: a reader that was away longer may have missed changes.
    private static let longestAbsence: Duration = .milliseconds(CacheScripts.logLifeMilliseconds / 2)

    package init(redis: RedisClient, codec: EntryCodec = EntryCodec()) {
        self.redis = redis
        self.codec = codec
    }

    package func head() async throws(CacheStoreError) -> FeedPosition {
        let commands = (0..<Keyspace.shards).map {
            RedisCommand("XREVRANGE", .string(Keyspace.log(shard: $0)), "+", "-", "COUNT", .integer(1))
        }
        let replies = try await send(commands)
        return FeedPosition(lastSeen: replies.map { $0.array?.first?.array?.first?.string ?? "0-0" })
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
        var oldest: UnixTime?
        for stream in reply.array ?? [] {
            guard let parts = stream.array, parts.count == 2, let shard = parts[0].string.flatMap(Self.shard(ofLog:))
            else {
                throw CacheStoreError(.malformed, "XREAD must answer names and entries of the logs asked for")
            }
            for line in parts[1].array ?? [] {
                guard let fields = line.array, fields.count == 2, let id = fields[0].string else { continue }
                lastSeen[shard] = id
                oldest = [oldest, Self.time(ofLine: id)].compactMap { $0 }.min()
                if let change = Self.change(fields[1].array ?? []) { changes.append(change) }
            }
        }
        return (changes, FeedPosition(lastSeen: lastSeen, oldest: oldest))
    }

    package func mirrored(
        _ entries: [(entry: EntryID, partition: PartitionID)], encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [MirroredEntry] {
        try await read(entries.map { (Keyspace.entry($0.entry, in: $0.partition), $0.entry) }, encoder)
    }

    // MARK: - Reading

    func read(
        _ keys: [(key: String, entry: EntryID)], _ encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [MirroredEntry] {
        let decoder = MirrorDecoder(encoder: encoder, codec: codec)
        var entries: [MirroredEntry] = []
        entries.reserveCapacity(keys.count)
        for start in stride(from: 0, to: keys.count, by: Self.readCount) {
            let step = keys[start..<min(start + Self.readCount, keys.count)]
            let replies = try await send(step.map { MirrorDecoder.read($0.key) })
            for (key, reply) in zip(step, replies) {
                if let entry = decoder.entry(reply, id: key.entry) { entries.append(entry) }
            }
        }
        return entries
    }

    /// A server's refusal of any command is thrown: an entry that cannot be read just now must not look gone. Only a
    /// key that holds something else than an entry is passed over.
    func send(_ commands: [RedisCommand]) async throws(CacheStoreError) -> [RedisReply] {
        do throws(RedisError) {
            return try Self.checked(try await redis.send(commands, timeout: Self.readTimeout))
        } catch {
            throw CacheStoreError(error)
        }
    }

    static func checked(_ replies: [RedisReply]) throws(RedisError) -> [RedisReply] {
        for reply in replies where reply.error?.prefix != "WRONGTYPE" { _ = try reply.checked() }
        return replies
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

    static func entry(ofKey key: String) -> EntryID? {
        // By bytes: characters would have to be told apart first, for every key of a load.
        let (front, id) = (key.utf8.dropLast(32), key.utf8.suffix(32))
        guard front.last == UInt8(ascii: ":") else { return nil }
        return EntryID(hexadecimal: String(Substring(id)))
    }

    /// When a line was written, by the server's clock.
    private static func time(ofLine id: String) -> UnixTime? {
        Int64(id.prefix { $0 != "-" }).map(UnixTime.init)
    }

    static func shard(ofLog key: String) -> Int? {
        guard let open = key.firstIndex(of: "{"), let close = key.firstIndex(of: "}"), open < close,
            let shard = Int(key[key.index(after: open)..<close]), (0..<Keyspace.shards).contains(shard)
        else { return nil }
        return shard
    }

    /// Reads `op` and what it is about from a log line; nil for kinds of lines a later version may write.
    private static func change(_ fields: [RedisReply]) -> CacheChange? {
        var values: [String: String] = [:]
        for index in stride(from: 0, to: fields.count - 1, by: 2) {
            if let name = fields[index].string { values[name] = fields[index + 1].string }
        }
        if values["op"] == "purge" {
            guard let tenant = values["t"], let generation = values["g"].flatMap({ Int64($0) }) else { return nil }
            return .purged(TenantID(tenant), CacheGeneration(generation))
        }
        guard let entry = values["e"].flatMap(EntryID.init(hexadecimal:)),
            let partition = values["p"].flatMap(Hexadecimal.decode).flatMap(PartitionID.init(bytes:))
        else { return nil }
        return switch values["op"] {
        case "add": .added(entry, partition)
        case "del": .deleted(entry, partition)
        case "veto": .vetoed(entry, partition)
        default: nil
        }
    }
}
