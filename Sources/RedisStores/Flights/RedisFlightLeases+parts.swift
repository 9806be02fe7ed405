package import GatewayCore
package import NIOCore
import RedisClient
package import SemanticCache

extension RedisFlightLeases {
    /// One round trip.
    package func want(_ other: FlightHolding) async throws(CacheStoreError) {
        let stream = Keyspace.flights(shard: other.key.partition.shard(of: Keyspace.shards))
        try await add(["op", "want", "t", .string(other.token.description)], to: stream)
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
