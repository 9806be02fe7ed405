package import GatewayCore
import NIOConcurrencyHelpers
package import RedisClient
package import SemanticCache

/// The fleet's calls under way in Redis: a lock for each question and a stream of lines for each shard. The streams are
/// read on a connection of their own. One reader at a time.
package final class RedisFlightLeases: FlightLeases {
    let redis: RedisClient
    let replica: String
    /// Of a lead, in milliseconds.
    let life: Int
    let codec: FlightLineCodec
    private let connection = NIOLockedValueBox<RedisDedicatedConnection?>(nil)
    private let taken = NIOLockedValueBox(Taken())
    /// By shard, until when the parts of its answers are read.
    let partsWanted = NIOLockedValueBox([ContinuousClock.Instant?](repeating: nil, count: Keyspace.shards))

    /// Of each shard.
    private static let linesPerRead = 256

    private struct Taken: Sendable {
        /// Up to which line all were taken, by shard. Replies to claims begin behind it: they rather tell some lines
        /// twice than leave out one that has come and is not known yet.
        var newest = [StreamLine](repeating: .none, count: Keyspace.shards)
        /// Leads that were given with the newest lines only, until those were taken.
        var cut: Set<FlightHolding> = []
    }

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
        let newest = taken.withLockedValue { $0.newest[shard] }
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
            let parts = try await redis.evaluate(FlightScripts.claim, keys: keys, arguments: arguments).expectArray()
            let claimed = try reply(parts, of: shard)
            if case .granted(let token, _) = claimed, parts[2].array?.count == FlightScripts.linesPerClaim {
                let lead = FlightHolding(token: token, key: claim.key)
                taken.withLockedValue { _ = $0.cut.insert(lead) }
            }
            return claimed
        } catch {
            throw CacheStoreError(error)
        }
    }

    private func reply(_ parts: [RedisReply], of shard: Int) throws(RedisError) -> FlightClaimReply {
        let token = parts.count == 3 ? parts[1].string.flatMap { FlightToken($0, shard: shard) } : nil
        switch parts.first?.string {
        case "stored": return .stored
        case "held":
            if let token, let left = parts[2].integer {
                return .held(token, life: .milliseconds(max(left, 0)))
            }
        case "granted":
            if let token, let lines = parts[2].array {
                // The newest come first.
                return .granted(token, before: lines.reversed().compactMap { codec.line($0, of: shard) })
            }
        default: break
        }
        throw RedisError(.unexpectedReply, "a claim must be answered by held, stored or granted")
    }

    package func taken(with lead: FlightHolding) {
        let shard = lead.key.partition.shard(of: Keyspace.shards)
        taken.withLockedValue { taken in
            // Of the lines that were left out the reader tells; until then later claims do.
            if taken.cut.remove(lead) != nil { return }
            taken.newest[shard] = max(taken.newest[shard], StreamLine(lead.token))
        }
    }

    // MARK: - Lines

    /// What can be read: first the calls by their shards, then the parts of answers.
    static let streams =
        (0..<Keyspace.shards).map { Keyspace.flights(shard: $0) }
        + (0..<Keyspace.shards).map { Keyspace.parts(shard: $0) }
    private static let places = Dictionary(uniqueKeysWithValues: streams.enumerated().map { ($1, $0) })

    package func head() async throws(CacheStoreError) -> FlightPosition {
        let commands = Self.streams.map {
            RedisCommand("XREVRANGE", .string($0), "+", "-", "COUNT", .integer(1))
        }
        do throws(RedisError) {
            let replies = try await redis.send(commands, timeout: RedisChangeFeed.readTimeout)
            return FlightPosition(
                lastSeen: try replies.map { (reply) throws(RedisError) in
                    try reply.checked().array?.first?.array?.first?.string ?? Self.start
                })
        } catch {
            throw CacheStoreError(error)
        }
    }

    /// Where the newest line stands before the last one read, Redis has lost what it had: those that are there now have
    /// not been read, though their numbers may be smaller.
    package func resume(at position: FlightPosition) async throws(CacheStoreError) -> FlightPosition {
        let newest = try await head().lastSeen.map(Self.line)
        taken.withLockedValue { taken in
            taken.newest = zip(taken.newest, newest).map { $0 > $1 ? StreamLine.none : $0 }
        }
        return FlightPosition(
            lastSeen: zip(position.lastSeen, newest).map { Self.line($0) > $1 ? Self.start : $0 })
    }

    private static let start = StreamLine.none.description

    static func line(_ id: String) -> StreamLine { StreamLine(id) ?? StreamLine.none }

    package func lines(
        after position: FlightPosition, wait: Duration
    ) async throws(CacheStoreError) -> (lines: [FlightLine], position: FlightPosition) {
        // Who asks for what follows has taken what came before.
        taken.withLockedValue { $0.newest = zip($0.newest, position.lastSeen).map { max($0, Self.line($1)) } }
        var command = RedisCommand(
            "XREAD", "COUNT", .integer(Self.linesPerRead), "BLOCK", .integer(max(1, Int(wait / .milliseconds(1)))),
            "STREAMS")
        let asked = places(at: .now)
        for place in asked { command.append(Self.streams[place]) }
        for place in asked { command.append(begin(of: place, behind: position)) }
        let reply = try await block(command, timeout: wait + RedisChangeFeed.readTimeout)
        var lastSeen = position.lastSeen
        var lines: [FlightLine] = []
        for stream in reply.array ?? [] {
            guard let parts = stream.array, parts.count == 2, let name = parts[0].string,
                let place = Self.places[name], lastSeen.indices.contains(place),
                let told = parts[1].array, let newest = told.last?.array?.first?.string
            else {
                throw CacheStoreError(.malformed, "XREAD must answer names and lines of the streams asked for")
            }
            lastSeen[place] = newest
            if place >= Keyspace.shards { readParts(of: place - Keyspace.shards) }
            lines += told.compactMap { codec.line($0, of: place % Keyspace.shards) }
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
