import GatewayCore
import SemanticCache

extension AdminDesk {
    /// Forgets a curated answer on all shelves of its tenant.
    func purge(curated id: String, _ receipt: inout PurgeReceipt) async throws(GatewayError) {
        let shelves = try await asking { () async throws(CacheStoreError) in
            try await curated.store.shelves(of: receipt.order.tenant)
        }
        var count = 0
        for shelf in shelves {
            let isDry = receipt.order.isDry
            count += try await asking { () async throws(CacheStoreError) in
                if isDry { return try await curated.store.entries(of: id, on: shelf).count }
                return try await curated.store.remove(id, from: shelf, searches: true)
            }
        }
        receipt.count = count
        if !receipt.order.isDry { receipt.holdsSince = now() }
    }

    /// Those of some entries that an operator wrote.
    func pinned(among found: [LikenessSearch.Found]) async throws(GatewayError) -> Set<EntryID> {
        let entries = try await asking { () async throws(CacheStoreError) in
            try await reader.entries(found.map { ($0.entry, $0.partition) })
        }
        return Set(entries.compactMap { entry in entry.flatMap { $0.curation == nil ? nil : $0.id } })
    }
}
