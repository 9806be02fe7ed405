package import GatewayCore
import NIOConcurrencyHelpers
package import SemanticCache

/// What a replica knows of the ledgers: the sums as it last heard them, and the hits it has not told yet. Of a tenant's
/// bytes each shard's script knows its own; the others' are some seconds old here.
package final class QuotaBook: Sendable {
    private struct State {
        var sums: [TenantID: [Int]] = [:]
        var hits: [TenantID: [Int: [EntryID: Int]]] = [:]
        var hitCount = 0
        var evicted: [TenantID: Int] = [:]

        mutating func add(_ count: Int, to entry: EntryID, of tenant: TenantID, in shard: Int) {
            let known = hits[tenant]?[shard]?[entry] != nil
            if !known, hitCount >= QuotaBook.hitsLimit { return }
            if !known { hitCount += 1 }
            hits[tenant, default: [:]][shard, default: [:]][entry, default: 0] += count
        }
    }

    package let rules: QuotaRules
    private let state = NIOLockedValueBox(State())

    /// More different entries that were hit between two tellings are not counted.
    private static let hitsLimit = 8192

    package init(_ rules: QuotaRules) { self.rules = rules }

    /// How many bytes a tenant may have in a shard, with what all others hold.
    func room(of tenant: TenantID, in shard: Int) -> Int? {
        guard let quota = rules.bytes(of: tenant) else { return nil }
        return state.withLockedValue { state in
            guard let sums = state.sums[tenant] else { return quota }
            return max(quota - sums.reduce(0, +) + sums[shard], 0)
        }
    }

    func heard(_ sum: Int, of tenant: TenantID, in shard: Int, evicted: Int = 0) {
        state.withLockedValue { state in
            state.sums[tenant, default: Array(repeating: 0, count: Keyspace.shards)][shard] = sum
            if evicted > 0 { state.evicted[tenant, default: 0] += evicted }
        }
    }

    /// The sums by shard, as last heard.
    func sums(of tenant: TenantID) -> [Int] {
        state.withLockedValue { $0.sums[tenant] } ?? Array(repeating: 0, count: Keyspace.shards)
    }

    /// For metrics: bytes, and entries that had to go, of each tenant with a quota.
    package var figures: [(tenant: String, bytes: Int, evicted: Int)] {
        state.withLockedValue { state in
            rules.limited.map { tenant in
                (tenant.description, state.sums[tenant]?.reduce(0, +) ?? 0, state.evicted[tenant] ?? 0)
            }
        }
    }

    /// Counts a hit, for the next telling.
    package func hit(_ hit: CacheHit, by request: AnalyzedRequest) {
        guard let place = request.place else { return }
        self.hit(hit.entry, in: place.partition, of: request.labels.tenant)
    }

    func hit(_ entry: EntryID, in partition: PartitionID, of tenant: TenantID) {
        guard rules.bytes(of: tenant) != nil else { return }
        let shard = partition.shard(of: Keyspace.shards)
        state.withLockedValue { $0.add(1, to: entry, of: tenant, in: shard) }
    }

    /// Hits of a tenant's entries in one shard.
    typealias Hits = (tenant: TenantID, shard: Int, hits: [EntryID: Int])

    /// Counts what could not be told, for the next telling.
    func putBack(_ untold: some Sequence<Hits>) {
        state.withLockedValue { state in
            for (tenant, shard, hits) in untold {
                for (entry, count) in hits { state.add(count, to: entry, of: tenant, in: shard) }
            }
        }
    }

    /// The hits since the last time.
    func takeHits() -> [Hits] {
        let taken = state.withLockedValue { state in
            defer { (state.hits, state.hitCount) = ([:], 0) }
            return state.hits
        }
        return taken.flatMap { tenant, shards in shards.map { (tenant, $0, $1) } }
    }
}
