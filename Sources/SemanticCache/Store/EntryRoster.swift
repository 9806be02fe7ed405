package import GatewayCore

/// What a store's scripts have noted of the entries that mirrors should hold, shard by shard: kept together with the
/// entries, so that one short read tells whether a mirror differs.
package protocol EntryRoster: Sendable {
    /// A power of two, by which ``PartitionID/shard(of:)`` tells a partition's.
    var shards: Int { get }

    /// The sums of all shards.
    /// - Parameter position: up to where the mirror has followed the log.
    /// - Throws: `gap` when the store has lost lines that the mirror has followed.
    func sums(
        at position: FeedPosition, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [RosterSum]

    /// Some of the entries noted in a shard; one may come twice.
    /// - Parameter cursor: where the step before ended; `0` at first. When `0` is returned all were told.
    func members(
        of shard: Int, from cursor: String, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> (members: [RosterMember], next: String)

    /// The mirrored part of entries of a shard, without those that are gone or cannot be read.
    func mirrored(
        _ entries: [EntryID], of shard: Int, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [MirroredEntry]

    /// Notes of each of these what the store holds: those with a vector of the encoder are members, the others are not.
    /// One whose expiry is 0 is not made one.
    /// - Returns: which of them the store holds.
    func settle(
        _ members: [RosterMember], of shard: Int, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [Bool]

    /// Forgets what is noted of a shard: mirrors note it anew.
    func reset(_ shard: Int, encoder: EncoderIdentity) async throws(CacheStoreError)
}

/// An entry that mirrors should hold.
package struct RosterMember: Sendable {
    package let entry: EntryID
    package let expires: UnixTime

    package init(entry: EntryID, expires: UnixTime) {
        self.entry = entry
        self.expires = expires
    }
}

/// What a store says of a shard.
package struct RosterSum: Sendable {
    package let sum: IndexSum
    /// Of entries that live longer than this.
    package let taken: UnixTime
    /// Whether the mirror has followed the log to the line before the sum was taken, and no further.
    package let isComparable: Bool

    package init(sum: IndexSum, taken: UnixTime, isComparable: Bool) {
        self.sum = sum
        self.taken = taken
        self.isComparable = isComparable
    }
}
