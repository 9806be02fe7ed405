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
            let entries = try await asking { () async throws(CacheStoreError) in
                try await curated.store.entries(of: id, on: shelf, searches: true)
            }
            if receipt.order.isDry {
                count += entries.count
                continue
            }
            // What failed may have been done all the same.
            defer { for entry in entries { curated.onChanged?(entry, shelf.partition) } }
            count += try await asking { () async throws(CacheStoreError) in
                try await curated.store.remove(id, from: shelf, searches: true)
            }
        }
        receipt.count = count
        if !receipt.order.isDry { receipt.holdsSince = now() }
    }

    /// Entries that are read at once: their answers come with them.
    private static let readAtOnce = 64

    /// None yet, of the partitions of an owner that had curated answers once.
    func pins(of owner: PartitionOwner) async throws(GatewayError) -> CuratedPins {
        let shelves = try await asking { () async throws(CacheStoreError) in
            try await curated.store.shelves(of: owner.tenant)
        }
        return CuratedPins(
            partitions: Set(shelves.filter { $0.namespace == owner.namespace }.map(\.partition)))
    }

    /// Those of some entries that no operator wrote; the others are noted. Reads only what stands where curated answers
    /// do, a few at a time.
    func unpinned(
        _ found: [LikenessSearch.Found], _ pins: inout CuratedPins
    ) async throws(GatewayError) -> [LikenessSearch.Found] {
        let doubtful = found.filter { pins.partitions.contains($0.partition) }
        for start in stride(from: 0, to: doubtful.count, by: Self.readAtOnce) {
            let step = doubtful[start..<min(start + Self.readAtOnce, doubtful.count)]
            let entries = try await asking { () async throws(CacheStoreError) in
                try await reader.entries(step.map { ($0.entry, $0.partition) })
            }
            for (one, entry) in zip(step, entries) where entry?.curation != nil {
                pins.note(one.entry, in: one.partition)
            }
        }
        return found.filter { pins.known[$0.partition]?.contains($0.entry) != true }
    }
}
