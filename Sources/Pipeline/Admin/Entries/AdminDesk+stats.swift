package import GatewayCore
import SemanticCache

extension AdminDesk {
    /// What may stand behind the `?` of `GET /admin/cache/stats`.
    package static let statsNames = ["tenant", "limit"]

    /// Tenants, and shelves of each, whose curated answers are counted at most: the largest tenants.
    private static let tenantsLimit = 64
    private static let shelvesLimit = 256

    /// How much is mirrored and curated, by tenant, namespace and partition; of all tenants when none is named.
    /// - Throws: `invalidRequest`; `notFound` for an unknown tenant; `overloaded` when Redis does not answer.
    package func statistics(_ query: AdminQuery) async throws(GatewayError) -> CacheStatistics {
        let limit = try query.limit(usual: 100, most: 1000)
        let named = query["tenant"].map { TenantID($0) }
        if let named { try check(named) }
        var partitions: [PartitionID: CacheStatistics.Partition] = [:]
        for (id, owner, count) in search.partitions where named == nil || owner?.tenant == named {
            partitions[id] = .init(id: id, owner: owner, mirrored: count)
        }
        for tenant in named.map({ [$0] }) ?? Self.largest(partitions) {
            let shelves = try await asking { () async throws(CacheStoreError) in
                try await curated.store.shelves(of: tenant)
            }
            for shelf in shelves.prefix(Self.shelvesLimit) {
                let answers = try await asking { () async throws(CacheStoreError) in
                    try await curated.store.count(on: shelf)
                }
                let owner = PartitionOwner(tenant: tenant, namespace: shelf.namespace)
                var partition = partitions[shelf.partition] ?? .init(id: shelf.partition, owner: owner, mirrored: 0)
                partition.curated = (shelf.model, answers)
                partitions[shelf.partition] = partition
            }
        }
        let sorted = partitions.values.sorted { ($1.mirrored, $0.id.description) < ($0.mirrored, $1.id.description) }
        return CacheStatistics(
            partitions: sorted, limit: limit, former: former.map { (encoder: $0.name, remaining: $0.remaining) })
    }

    private static func largest(_ partitions: [PartitionID: CacheStatistics.Partition]) -> [TenantID] {
        var sizes: [TenantID: Int] = [:]
        for partition in partitions.values {
            if let tenant = partition.owner?.tenant { sizes[tenant, default: 0] += partition.mirrored }
        }
        return sizes.sorted { $0.value > $1.value }.prefix(tenantsLimit).map(\.key)
    }
}
