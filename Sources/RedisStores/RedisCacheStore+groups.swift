package import GatewayCore
import RedisClient
package import SemanticCache

extension RedisCacheStore: AnswerGrouping {
    package func join(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID, to group: UInt64
    ) async throws(CacheStoreError) {
        let field = EntryGroup.field(group, of: entry, seal: codec.seals.seal(of: tenant))
        let arguments: [RedisArgument] = [
            .string(entry.description), .string(partition.description), .integer(CacheScripts.logLifeMilliseconds),
            .bytes(partition.bytes), .integer(field),
        ]
        _ = try await run(
            CacheScripts.join, keys: [Keyspace.entry(entry, in: partition), Keyspace.log(of: partition)],
            arguments: arguments)
    }
}
