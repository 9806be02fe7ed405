package import GatewayCore
import NIOConcurrencyHelpers
package import NIOCore
import RedisClient
package import SemanticCache

extension RedisFlightLeases {
    /// For how long parts are read behind the last that came: longer than providers are silent in an answer.
    private static let patience: Duration = .seconds(120)
    /// Parts that were told so long before what was heard of the calls, in milliseconds, are read when it begins.
    private static let reach: UInt64 = 2000

    /// One round trip. The line wakes this replica's reader too, which from then on reads the parts of that shard.
    package func want(_ other: FlightHolding) async throws(CacheStoreError) {
        let shard = other.key.partition.shard(of: Keyspace.shards)
        readParts(of: shard)
        try await add(["op", "want", "t", .string(other.token.description)], to: Keyspace.flights(shard: shard))
    }

    func readParts(of shard: Int) {
        partsWanted.withLockedValue { $0[shard] = .now + Self.patience }
    }

    /// What is read now: each stream more costs Redis with each read.
    func places(at now: ContinuousClock.Instant) -> [Int] {
        let wanted = partsWanted.withLockedValue { wanted in
            wanted.indices.filter { shard in wanted[shard].map { $0 > now } ?? false }
        }
        return Array(0..<Keyspace.shards) + wanted.map { $0 + Keyspace.shards }
    }

    /// Behind which line a stream is read. Parts may not have been read for long: what is far behind the calls' lines
    /// was told to others.
    func begin(of place: Int, behind position: FlightPosition) -> String {
        let last = position.lastSeen[place]
        guard place >= Keyspace.shards else { return last }
        let calls = Self.line(position.lastSeen[place - Keyspace.shards])
        let earliest = calls.earlier(byMilliseconds: Self.reach)
        return Self.line(last) < earliest ? earliest.description : last
    }

    /// One round trip.
    package func tell(
        _ parts: FlightParts, of lead: FlightHolding, from tenant: TenantID
    ) async throws(CacheStoreError) {
        guard let envelope = codec.close(parts, of: lead, from: tenant) else {
            throw CacheStoreError(.malformed, "the parts could not be sealed")
        }
        let isKept = parts.isKept.map { $0 ? "1" : "0" } ?? ""
        let stream = Keyspace.parts(shard: lead.key.partition.shard(of: Keyspace.shards))
        try await add(
            [
                "op", "parts", "t", .string(lead.token.description), "n", .integer(parts.first), "c",
                .integer(parts.count), "k", .string(isKept), "f", .buffer(envelope),
            ], to: stream)
    }

    /// What parts hold that were told by this tenant's leader of that call; nil for all others, and for damaged ones.
    package func open(_ parts: FlightParts, of other: FlightHolding, from tenant: TenantID) -> ByteBuffer? {
        codec.open(parts, of: other, from: tenant)
    }

    private func add(_ fields: [RedisArgument], to stream: String) async throws(CacheStoreError) {
        let arguments: [RedisArgument] = [.string(replica), .integer(FlightScripts.lineLifeMilliseconds)]
        do throws(RedisError) {
            _ = try await redis.evaluate(FlightScripts.tell, keys: [stream], arguments: arguments + fields)
        } catch {
            throw CacheStoreError(error)
        }
    }
}
