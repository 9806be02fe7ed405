import GatewayCore
import NIOConcurrencyHelpers

/// Entries that lookups have let go of count as held: the store may have them still.
extension VectorIndex {
    /// Where an entry stands, and until when it is served.
    struct Standing {
        let partition: PartitionID
        let expires: UnixTime
    }

    /// The sum of each shard's entries that live longer than its instant.
    func sums(livingAfter instants: [UnixTime]) -> [IndexSum] {
        var sums = [IndexSum](repeating: IndexSum(), count: instants.count)
        for (id, partition) in owners {
            let shard = id.shard(of: instants.count)
            var sum = IndexSum()
            partition.forEach(livingAfter: instants[shard]) { key, _ in sum.add(key) }
            sums[shard].add(sum)
        }
        return sums
    }

    /// The entries of one of `shards` shards that live longer than an instant.
    func entries(of shard: Int, outOf shards: Int, livingAfter instant: UnixTime) -> [EntryKey: Standing] {
        var entries: [EntryKey: Standing] = [:]
        for (id, partition) in owners where id.shard(of: shards) == shard {
            partition.forEach(livingAfter: instant) { key, expires in
                entries[key] = Standing(partition: id, expires: expires)
            }
        }
        return entries
    }
}

extension PartitionIndex {
    /// Calls `body` with the entries that live longer than an instant, and when they expire. Rows that move meanwhile
    /// may come twice.
    func forEach(livingAfter instant: UnixTime, _ body: (EntryKey, UnixTime) -> Void) {
        let (chunks, released) = state.withLockedValue { ($0.chunks, $0.released) }
        for chunk in chunks { chunk.forEach(livingAfter: instant, body) }
        for (key, expires) in released where expires > instant { body(key, expires) }
    }
}
