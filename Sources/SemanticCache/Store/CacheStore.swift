package import GatewayCore

/// Where answers are kept. Redis in production; ``InMemoryCacheStore`` in tests. One conformance suite holds
/// for both.
package protocol CacheStore: Sendable {
    /// The entry if it is alive and stands in this partition; nil otherwise. One round trip.
    func load(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) -> StoredEntry?

    /// Stores an entry until its expiry, replacing what stood under its id, and tells the change log. All of it
    /// or nothing.
    func save(_ entry: StoredEntry) async throws(CacheStoreError)

    /// Deletes an entry and tells the change log. Deleting what is not there is no error.
    func delete(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError)
}

/// What a mirror needs to follow a store.
package protocol CacheChangeFeed: Sendable {
    /// The position behind the newest change of every shard.
    func head() async throws(CacheStoreError) -> FeedPosition

    /// Hands over all entries that have a vector of `encoder`, piece by piece, and returns behind the last. An entry
    /// may come twice, and one that is saved meanwhile may be missed: changes are read from a head taken before.
    /// - Parameter receive: may be called on several threads at once, and must not block for long.
    /// - Throws: also when the task is cancelled; some entries may have been handed over by then.
    func load(
        encoder: EncoderIdentity, into receive: @escaping @Sendable (FeedPiece) -> Void
    ) async throws(CacheStoreError)

    /// Changes behind `position`, waiting up to `wait` for the first; empty when none came. Never the vectors
    /// themselves.
    /// - Throws: `gap` when changes behind the position are no longer kept: the mirror must start anew.
    func changes(
        after position: FeedPosition, wait: Duration
    ) async throws(CacheStoreError) -> (changes: [CacheChange], position: FeedPosition)

    /// The mirrored part of these entries, without those that are gone or have no vector of `encoder`.
    func mirrored(
        _ entries: [(entry: EntryID, partition: PartitionID)], encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [MirroredEntry]
}

/// One line of the change log.
package enum CacheChange: Sendable, Equatable {
    case added(EntryID, PartitionID)
    case deleted(EntryID, PartitionID)
}

/// Where a reader of the change log stands: the id of the last change it saw, by shard. Opaque to all but the feed.
package struct FeedPosition: Sendable {
    package let lastSeen: [String]
    /// When the store was asked; the log is kept for a bounded time.
    package let taken: ContinuousClock.Instant

    package init(lastSeen: [String], taken: ContinuousClock.Instant = .now) {
        self.lastSeen = lastSeen
        self.taken = taken
    }
}

/// Some of all entries.
package struct FeedPiece: Sendable {
    package let entries: [MirroredEntry]
    /// How many were looked at for it, those of other encoders included.
    package let seen: Int
    /// About how many there are in all to look at; nil when that is not known.
    package let total: Int?

    package init(entries: [MirroredEntry], seen: Int, total: Int?) {
        self.entries = entries
        self.seen = seen
        self.total = total
    }
}

/// What a replica keeps in memory of an entry, to find it by similarity.
package struct MirroredEntry: Sendable {
    package let id: EntryID
    package let partition: PartitionID
    package let question: String
    package let expires: UnixTime
    package let embedding: EmbeddingVector

    package init(
        id: EntryID, partition: PartitionID, question: String, expires: UnixTime, embedding: EmbeddingVector
    ) {
        self.id = id
        self.partition = partition
        self.question = question
        self.expires = expires
        self.embedding = embedding
    }
}
