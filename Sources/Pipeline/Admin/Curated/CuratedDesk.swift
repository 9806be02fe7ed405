package import Embedding
package import SemanticCache

/// What operators' requests about curated answers need.
package struct CuratedDesk: Sendable {
    package let store: any CacheStore & CuratedStore
    /// Nil where no question has a vector.
    package let embedder: (any Embedder)?
    package let configuration: CacheConfiguration

    /// Few: requests wait for the same encoder.
    static let textsAtOnce = 16

    package init(
        store: any CacheStore & CuratedStore, embedder: (any Embedder)?, configuration: CacheConfiguration
    ) {
        self.store = store
        self.embedder = embedder
        self.configuration = configuration
    }
}
