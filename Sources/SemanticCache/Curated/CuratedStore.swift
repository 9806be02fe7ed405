package import GatewayCore
package import NIOCore

/// Where the curated answers for one kind of request stand: one partition of the cache.
package struct CuratedShelf: Sendable, Hashable {
    package let partition: PartitionID
    package let tenant: TenantID
    package let namespace: String
    /// As clients ask for it.
    package let model: String

    package init(partition: PartitionID, tenant: TenantID, namespace: String, model: String) {
        self.partition = partition
        self.tenant = tenant
        self.namespace = namespace
        self.model = model
    }
}

/// What is kept of a curated answer beside its entries: what was imported, and what came of it.
package struct CuratedRecord: Sendable {
    package let id: String
    /// The answer as JSON, see ``CuratedAnswer/json``: the operator's own words, kept to be given back.
    package let line: ByteBuffer
    /// Of all that decides what its entries are.
    package let digest: String
    package let entries: [EntryID]
    package let labels: EntryLabels
    package let created: UnixTime
    package let expires: UnixTime
    package let generation: CacheGeneration

    package init(
        id: String, line: ByteBuffer, digest: String, entries: [EntryID], labels: EntryLabels, created: UnixTime,
        expires: UnixTime, generation: CacheGeneration
    ) {
        self.id = id
        self.line = line
        self.digest = digest
        self.entries = entries
        self.labels = labels
        self.created = created
        self.expires = expires
        self.generation = generation
    }
}

/// Keeps curated answers. All of one answer's entries change together, with its record, or none does.
package protocol CuratedStore: Sendable {
    /// Notes that there are curated answers on a shelf.
    func open(_ shelf: CuratedShelf) async throws(CacheStoreError)

    /// The shelves of a tenant.
    func shelves(of tenant: TenantID) async throws(CacheStoreError) -> [CuratedShelf]

    /// For each of the answers whether it stands on the shelf just so: with this digest, with all of these entries as
    /// they can be served now, and ended by no purge.
    func stands(
        _ wanted: [(id: String, digest: String, entries: [EntryID])], on shelf: CuratedShelf
    ) async throws(CacheStoreError) -> [Bool]

    /// Puts an answer's entries in the place of what stood under its id.
    /// - Returns: nil, or whose question one of the entries is already; then nothing was changed.
    func put(
        _ record: CuratedRecord, _ entries: [StoredEntry], on shelf: CuratedShelf
    ) async throws(CacheStoreError) -> (entry: EntryID, answer: String)?

    /// The entries of an answer; none when it is not on the shelf.
    /// - Parameter searches: as for ``remove(_:from:searches:)``.
    func entries(of id: String, on shelf: CuratedShelf, searches: Bool) async throws(CacheStoreError) -> [EntryID]

    /// Deletes an answer with its entries.
    /// - Parameter searches: whether to look through all entries, which takes long, also where nothing tells that there
    ///   was such an answer: what told so may be lost before the entries are.
    /// - Returns: how many entries there were.
    func remove(_ id: String, from shelf: CuratedShelf, searches: Bool) async throws(CacheStoreError) -> Int

    /// The lines of answers behind an id, in the order of their ids, at most `count`; those that a purge has ended are
    /// left out.
    /// - Returns: also the id behind which to go on; nil at the end.
    func lines(
        of shelf: CuratedShelf, behind id: String?, count: Int
    ) async throws(CacheStoreError) -> (lines: [ByteBuffer], next: String?)

    /// How many answers were put on a shelf and not removed by name.
    func count(on shelf: CuratedShelf) async throws(CacheStoreError) -> Int
}
