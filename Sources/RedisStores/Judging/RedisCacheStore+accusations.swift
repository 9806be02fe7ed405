package import GatewayCore
import RedisClient
package import SemanticCache

extension RedisCacheStore: AccusationStore {
    /// Two round trips: the entry is looked at like any that is to be served, and the script writes only if it is still
    /// that.
    package func accuse(
        _ accusation: EntryAccusation, of tenant: TenantID
    ) async throws(CacheStoreError) -> AccusationResult {
        let partition = accusation.partition
        guard let found = try await load(accusation.entry, in: partition, of: tenant), accusation.isAbout(found)
        else { return .gone }
        let arguments: [RedisArgument] = [
            .string(accusation.entry.description), .string(partition.description),
            .integer(CacheScripts.logLifeMilliseconds), .bytes(partition.bytes),
            .integer(Int(found.expires.milliseconds)), .bytes(accusation.question?.bytes ?? []),
            .string(accusation.question?.description ?? ""), .string(accusation.accuser ?? ""),
        ]
        let keys = [
            Keyspace.entry(accusation.entry, in: partition), Keyspace.log(of: partition),
            Keyspace.entry(accusation.question ?? accusation.entry, in: partition),
        ]
        return switch try await run(AccusationScripts.accuse, keys: keys, arguments: arguments).integer {
        case 1?: AccusationResult(of: found, isSecond: false)
        case 2?: AccusationResult(of: found, isSecond: true)
        default: .gone
        }
    }
}
