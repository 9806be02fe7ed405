package import GatewayCore
import NIOCore
import RedisClient
package import SemanticCache

extension RedisCacheStore: AliasStore {
    /// Three round trips: the entry is read and looked at like any that is to be served, and the script writes only if
    /// it is still that.
    package func promote(_ alias: EntryAlias, of tenant: TenantID) async throws(CacheStoreError) -> Bool {
        let key = Keyspace.entry(alias.entry, in: alias.partition)
        let (head, group) = try await written(key)
        guard let head, var entry = try await load(alias.entry, in: alias.partition, of: tenant), alias.mayName(entry)
        else { return false }
        var alias = alias
        if alias.generation == nil { alias.generation = try await generation(of: tenant) }
        // Its asker may have been forgotten meanwhile.
        let asked = alias.origin.purgeable(under: alias.id, in: alias.partition)
        guard try await isCurrent(asked, of: tenant) else { return false }
        let seal = codec.seals.seal(of: tenant)
        entry.group = group.map { EntryGroup.group($0, of: alias.entry, seal: seal) }
        let arguments: [RedisArgument] = [
            .buffer(head), .string(alias.id.description), .string(alias.partition.description),
            .integer(CacheScripts.logLifeMilliseconds), .integer(Int(max(entry.ends.milliseconds, 1))),
            .integer(Int(entry.expires.milliseconds)),
        ]
        let keys = [Keyspace.entry(alias.id, in: alias.partition), key, Keyspace.log(of: alias.partition)]
        let fields = try codec.fields(of: alias, for: entry)
        return try await run(AliasScripts.promote, keys: keys, arguments: arguments + fields).integer == 1
    }

    /// The entry that an alias stands for, if it is still the verified one: what `load` answers under the alias's id.
    /// Costs the round trip of another load, for questions that were promoted only.
    func entry(
        behind alias: AliasTarget, in partition: PartitionID, of tenant: TenantID
    ) async throws(CacheStoreError) -> StoredEntry? {
        guard case .entry(let entry)? = try await standing(at: alias.origin.entry, in: partition, of: tenant),
            entry.created == alias.created
        else { return nil }
        return entry
    }

    /// What `load` does not tell of an entry: its head as it was written, and its group.
    private func written(_ key: String) async throws(CacheStoreError) -> (head: ByteBuffer?, group: Int64?) {
        let command = RedisCommand(
            "HMGET", .string(key), .string(EntryFields.head), .string(EntryFields.group))
        do throws(RedisError) {
            let values = try await redis.send(command).expectArray()
            return values.count == 2 ? (values[0].bytes, values[1].integer) : (nil, nil)
        } catch {
            throw CacheStoreError(error)
        }
    }
}
