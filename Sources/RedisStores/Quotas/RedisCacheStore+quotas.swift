import GatewayCore
import NIOCore
import RedisClient
package import SemanticCache

/// A script around ``CacheScripts/saving(behind:)``, alone and with the account of a tenant that has a quota.
struct SavingScript: Sendable {
    let plain: RedisScript
    /// Answers what the other one does when it has saved nothing; else an array of that, the sum of the tenant's bytes
    /// in the shard, and how many entries had to go.
    let counted: RedisScript

    static let save = SavingScript(plain: CacheScripts.save, counted: QuotaScripts.save)
    static let refresh = SavingScript(plain: RefreshScripts.save, counted: QuotaScripts.refresh)
}

extension RedisCacheStore {
    /// What Redis takes for a hash with an entry's fields, its key and its lines in the ledger beyond their texts, in
    /// bytes.
    private static let overhead = 400

    /// Runs a script that saves an entry. An answer that several entries share counts in each of them, as none knows
    /// how long the others stay: a tenant never has more than is counted.
    /// - Parameters:
    ///   - curated: what says of purges a curated entry that may be replaced; nil for none.
    ///   - last: arguments behind those of ``CacheScripts/saving(behind:)``.
    /// - Returns: what the script answers without an account.
    /// - Throws: `overQuota` when the tenant's quota has no room.
    func save(
        _ entry: StoredEntry, by script: SavingScript, replacing curated: Int64? = nil, last: [RedisArgument] = []
    ) async throws(CacheStoreError) -> RedisReply {
        var (keys, arguments) = try await saving(entry, replacing: curated)
        let tenant = entry.labels?.labels?.tenant ?? .open
        let shard = entry.partition.shard(of: Keyspace.shards)
        guard let quotas, let room = quotas.room(of: tenant, in: shard) else {
            return try await run(script.plain, keys: keys, arguments: arguments + last)
        }
        keys += [Keyspace.expiries(of: tenant, shard: shard), Keyspace.ledger(of: tenant, shard: shard)]
        arguments += [.string(EntryFields.accounted), .string(tenant.description)]
        let bytes = arguments.reduce(Self.overhead) { $0 + $1.byteCount }
        let account: [RedisArgument] = [.integer(bytes), .integer(max(entry.worth, 0)), .integer(room)]
        let reply = try await run(script.counted, keys: keys, arguments: account + arguments + last)
        guard let values = reply.array else { return reply }
        guard values.count == 3, let sum = values[1].integer, let gone = values[2].integer else {
            throw CacheStoreError(.malformed, "the script that saves must answer a word and two numbers")
        }
        quotas.heard(Int(sum), of: tenant, in: shard, evicted: Int(gone))
        if values[0].string == "QUOTA" {
            throw CacheStoreError(.overQuota, "the quota of \(tenant) has no room for the answer")
        }
        return values[0]
    }
}

extension RedisCacheStore: EntryPromoting {
    package func promote(_ entry: StoredEntry) async throws(CacheStoreError) -> Bool {
        let arguments: [RedisArgument] = [
            .string(entry.id.description), .string(entry.partition.description),
            .integer(CacheScripts.logLifeMilliseconds), .bytes(entry.partition.bytes),
            .integer(Int(entry.expires.milliseconds)),
        ]
        let reply = try await run(
            CacheScripts.promote,
            keys: [Keyspace.entry(entry.id, in: entry.partition), Keyspace.log(of: entry.partition)],
            arguments: arguments + codec.mirroredFields(of: entry))
        return reply.integer == 1
    }
}

extension RedisArgument {
    /// What it takes in Redis, about.
    fileprivate var byteCount: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .buffer(let buffer): buffer.readableBytes
        case .integer: 8
        }
    }
}
