package import GatewayCore

/// Where answers are kept. Redis in production; ``InMemoryCacheStore`` in tests. One conformance suite holds
/// for both.
package protocol CacheStore: Sendable {
    /// The entry if it is kept still, stands in this partition and no purge of the tenant's has ended it; nil
    /// otherwise. Whether it is still alive the caller looks. One round trip; a second one for some entries after a
    /// purge.
    func load(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID
    ) async throws(CacheStoreError) -> StoredEntry?

    /// Stores an entry until its end, replacing what stood under its id, and tells the change log. All of it
    /// or nothing.
    /// - Throws: `superseded` when the answer of a later lead stands there, one asked for behind a later purge, or one
    ///   that an operator wrote and no purge has ended.
    func save(_ entry: StoredEntry) async throws(CacheStoreError)

    /// Deletes an entry and tells the change log. Deleting what is not there is no error.
    func delete(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError)

    /// What an answer that is asked for from now on carries, so that no purge that comes meanwhile misses it. Mostly
    /// known without asking.
    func generation(of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration

    /// Ends all answers in a scope that were asked for before. Once it returns none of them is served by anybody who
    /// asks the store, however long it takes to erase them.
    func purge(_ scope: PurgeScope, of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration
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

    /// Some of the entries that have a vector of `encoder`, without it.
    /// - Parameters:
    ///   - cursor: where the step before ended; `0` at first. When `0` is returned a round is over.
    ///   - count: how many entries of all kinds to look at, at least.
    func listed(
        from cursor: String, atLeast count: Int, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> (entries: [(entry: EntryID, partition: PartitionID)], next: String)

    /// Which of these entries are there and have a vector of `encoder`.
    func present(
        _ entries: [(entry: EntryID, partition: PartitionID)], encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> Set<EntryID>
}

/// One line of the change log.
package enum CacheChange: Sendable, Equatable {
    case added(EntryID, PartitionID)
    case deleted(EntryID, PartitionID)
    /// The entry is not served to some question any more; all else of it is as before.
    case vetoed(EntryID, PartitionID)
    /// Something of the tenant's was purged; entries are not named.
    case purged(TenantID, CacheGeneration)
}

/// Where a reader of the change log stands: the id of the last change it saw, by shard. Opaque to all but the feed.
package struct FeedPosition: Sendable {
    package let lastSeen: [String]
    /// When the store was asked; the log is kept for a bounded time.
    package let taken: ContinuousClock.Instant
    /// When the first of the changes that led here was made, by the store's clock; nil when there were none.
    package let oldest: UnixTime?

    package init(lastSeen: [String], oldest: UnixTime? = nil, taken: ContinuousClock.Instant = .now) {
        self.oldest = oldest
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
