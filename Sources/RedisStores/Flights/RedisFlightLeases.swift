package import GatewayCore
import NIOConcurrencyHelpers
package import RedisClient
package import SemanticCache

/// The fleet's calls under way in Redis: a lock for each question and a stream of lines for each shard. The streams are
/// read on a connection of their own. One reader at a time.
package final class RedisFlightLeases: FlightLeases {
    private let redis: RedisClient
    private let replica: String
    private let life: Int
    private let codec: FlightLineCodec
    private let connection = NIOLockedValueBox<RedisDedicatedConnection?>(nil)
    /// Up to which line all were taken, by shard. Replies to claims begin behind it: they rather tell some lines twice
    /// than leave out one that has come and is not known yet.
    private let taken = NIOLockedValueBox([FlightToken](repeating: .none, count: Keyspace.shards))

    /// Of each shard.
    private static let linesPerRead = 256

    /// - Parameters:
    ///   - replica: names this process; no other has the same name.
    ///   - encoder: whose vectors can be compared.
    ///   - codec: of the entries: what is told of a tenant's questions is encrypted as they are.
    ///   - life: of a lead that is not prolonged.
    package init(
        redis: RedisClient, replica: String, encoder: EncoderIdentity, codec: EntryCodec = EntryCodec(),
        life: Duration
    ) {
        self.redis = redis
        self.replica = replica
        self.life = max(1, Int(life / .milliseconds(1)))
        self.codec = FlightLineCodec(encoder: encoder, seals: codec.seals, replica: replica)
    }

    package func claim(_ claim: FlightClaim) async throws(CacheStoreError) -> FlightClaimReply {
        let shard = claim.key.partition.shard(of: Keyspace.shards)
        let newest = taken.withLockedValue { $0[shard] }
        var arguments: [RedisArgument] = [
            .string(replica), .integer(life), .integer(FlightScripts.lineLifeMilliseconds),
            .integer(claim.ignoresStored ? 1 : 0), .string(newest.description),
            .integer(FlightScripts.linesPerClaim), .integer(Int(claim.key.generation)),
        ]
        arguments += codec.fields(of: claim)
        let keys = [
            Keyspace.entry(claim.key.entry, in: claim.key.partition), Keyspace.lock(claim.key),
            Keyspace.flights(shard: shard),
        ]
        do throws(RedisError) {
            return try reply(
                try await redis.evaluate(FlightScripts.claim, keys: keys, arguments: arguments).expectArray())
        } catch {
            throw CacheStoreError(error)
        }
    }

    private func reply(_ parts: [RedisReply]) throws(RedisError) -> FlightClaimReply {
        switch parts.first?.string {
        case "stored": return .stored
        case "held":
            if parts.count == 3, let token = parts[1].string.flatMap({ FlightToken($0) }), let left = parts[2].integer {
                return .held(token, life: .milliseconds(max(left, 0)))
            }
        case "granted":
            if parts.count == 3, let token = parts[1].string.flatMap({ FlightToken($0) }), let lines = parts[2].array {
                // The newest come first.
                return .granted(token, before: lines.reversed().compactMap(codec.line))
            }
        default: break
        }
        throw RedisError(.unexpectedReply, "a claim must be answered by held, stored or granted")
    }

    package func taken(with lead: FlightHolding) {
        let shard = lead.key.partition.shard(of: Keyspace.shards)
        taken.withLockedValue { $0[shard] = max($0[shard], lead.token) }
    }

    package func renew(_ held: [FlightHolding]) async throws(CacheStoreError) {
        for holding in held {
            try await run(
                FlightScripts.renew, keys: [Keyspace.lock(holding.key)],
                [.string(holding.token.description), .integer(life)])
        }
    }

    package func end(_ ended: [(holding: FlightHolding, isKept: Bool)]) async throws(CacheStoreError) {
        for (holding, isKept) in ended {
            let shard = holding.key.partition.shard(of: Keyspace.shards)
            try await run(
                FlightScripts.end,
                keys: [Keyspace.lock(holding.key), Keyspace.flights(shard: shard)],
                [
                    .string(holding.token.description), .string(replica), .integer(isKept ? 1 : 0),
                    .integer(FlightScripts.lineLifeMilliseconds),
                ])
        }
    }

    private func run(
        _ script: RedisScript, keys: [String], _ arguments: [RedisArgument]
    ) async throws(CacheStoreError) {
        do throws(RedisError) {
            _ = try await redis.evaluate(script, keys: keys, arguments: arguments)
        } catch {
            throw CacheStoreError(error)
        }
    }

    package func holder(
        of key: FlightKey
    ) async throws(CacheStoreError) -> (token: FlightToken, life: Duration)? {
        let key = Keyspace.lock(key)
        do throws(RedisError) {
            let replies = try await redis.send([RedisCommand("GET", .string(key)), RedisCommand("PTTL", .string(key))])
            guard replies.count == 2, let token = try replies[0].checked().string.flatMap({ FlightToken($0) }),
                let left = try replies[1].checked().integer, left > 0
            else { return nil }
            return (token, .milliseconds(left))
        } catch {
            throw CacheStoreError(error)
        }
    }

    // MARK: - Lines

    package func head() async throws(CacheStoreError) -> FlightPosition {
        let commands = (0..<Keyspace.shards).map {
            RedisCommand("XREVRANGE", .string(Keyspace.flights(shard: $0)), "+", "-", "COUNT", .integer(1))
        }
        do throws(RedisError) {
            let replies = try await redis.send(commands, timeout: RedisChangeFeed.readTimeout)
            return FlightPosition(
                lastSeen: try replies.map { (reply) throws(RedisError) in
                    try reply.checked().array?.first?.array?.first?.string ?? "0-0"
                })
        } catch {
            throw CacheStoreError(error)
        }
    }

    package func lines(
        after position: FlightPosition, wait: Duration
    ) async throws(CacheStoreError) -> (lines: [FlightLine], position: FlightPosition) {
        // Who asks for what follows has taken what came before.
        taken.withLockedValue { $0 = zip($0, position.lastSeen).map { max($0, FlightToken($1) ?? .none) } }
        var command = RedisCommand(
            "XREAD", "COUNT", .integer(Self.linesPerRead), "BLOCK", .integer(max(1, Int(wait / .milliseconds(1)))),
            "STREAMS")
        for shard in 0..<Keyspace.shards { command.append(Keyspace.flights(shard: shard)) }
        for id in position.lastSeen { command.append(id) }
        let reply = try await block(command, timeout: wait + RedisChangeFeed.readTimeout)
        var lastSeen = position.lastSeen
        var lines: [FlightLine] = []
        for stream in reply.array ?? [] {
            guard let parts = stream.array, parts.count == 2,
                let shard = parts[0].string.flatMap(RedisChangeFeed.shard(ofLog:)), lastSeen.indices.contains(shard)
            else {
                throw CacheStoreError(.malformed, "XREAD must answer names and lines of the streams asked for")
            }
            for line in parts[1].array ?? [] {
                guard let id = line.array?.first?.string else { continue }
                lastSeen[shard] = id
                if let line = codec.line(line) { lines.append(line) }
            }
        }
        return (lines, FlightPosition(lastSeen: lastSeen))
    }

    /// Sends on the reader's own connection, opening it when there is none.
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
}
