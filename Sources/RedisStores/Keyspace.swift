package import GatewayCore

/// Every Redis key of Refrain: its name, type, life and writer.
///
/// | Key | Type | Holds | Life | Written by |
/// |---|---|---|---|---|
/// | `rf:{p}:e:<entry>` | hash | one answer, see ``EntryFields`` | until its expiry | `RedisCacheStore.save` |
/// | `rf:{p}:log` | stream | entries added and deleted, for the mirrors | an hour, by `MINID` | the same script |
///
/// `{p}` is one of 64 shards, chosen by the partition: a hash tag, so that an entry and its log live on one node of
/// a Redis Cluster and one script may touch both.
package enum Keyspace {
    /// Never changes while entries exist: it decides where they are.
    package static let shards = 64

    /// Matches the keys of all entries in a `SCAN`.
    package static let allEntries = "rf:{*}:e:*"

    /// The key of an entry.
    package static func entry(_ entry: EntryID, in partition: PartitionID) -> String {
        "rf:{\(tag(partition.shard(of: shards)))}:e:\(entry)"
    }

    /// The key of a shard's log of changes.
    package static func log(shard: Int) -> String { "rf:{\(tag(shard))}:log" }

    /// The key of the log where a partition's changes stand.
    package static func log(of partition: PartitionID) -> String { log(shard: partition.shard(of: shards)) }

    private static func tag(_ shard: Int) -> String { shard < 10 ? "0\(shard)" : String(shard) }
}
