package import Embedding
package import GatewayCore
package import SemanticCache

/// What operators' requests about curated answers need.
package struct CuratedDesk: Sendable {
    package let store: any CacheStore & CuratedStore
    /// Nil where no question has a vector.
    package let embedder: (any Embedder)?
    package let configuration: CacheConfiguration
    /// Hears of each entry that changed, before the change log tells of it; nil where nothing is held in memory.
    let onChanged: (@Sendable (EntryID, PartitionID) -> Void)?

    /// Few: requests wait for the same encoder.
    static let textsAtOnce = 16

    package init(
        store: any CacheStore & CuratedStore, embedder: (any Embedder)?, configuration: CacheConfiguration,
        onChanged: (@Sendable (EntryID, PartitionID) -> Void)? = nil
    ) {
        self.store = store
        self.embedder = embedder
        self.configuration = configuration
        self.onChanged = onChanged
    }
}
