/// A request with everything the cache needs to know of it. Made by RequestAnalysis alone.
package struct AnalyzedRequest: Sendable {
    package let request: ChatRequest
    package let cacheability: Cacheability
    /// Where its answer stands in the cache, if it stands anywhere; nil where nothing is cached.
    package let place: CachePlace?
    package let directives: CacheDirectives
    /// What its answer can be forgotten by.
    package let labels: CacheLabels
    /// How long its answer lives; nil for as long as the cache says.
    package let lives: CacheLives?

    package init(
        request: ChatRequest, cacheability: Cacheability, place: CachePlace?, directives: CacheDirectives,
        labels: CacheLabels = CacheLabels(), lives: CacheLives? = nil
    ) {
        self.lives = lives
        self.request = request
        self.cacheability = cacheability
        self.place = place
        self.directives = directives
        self.labels = labels
    }
}

/// Where the answer to one request stands.
package struct CachePlace: Sendable, Equatable {
    /// The wall inside which another answer may stand for it.
    package let partition: PartitionID
    /// The answer to exactly this request.
    package let entry: EntryID

    package init(partition: PartitionID, entry: EntryID) {
        self.partition = partition
        self.entry = entry
    }
}

/// How far the cache may go for a request.
package enum Cacheability: Sendable, Equatable {
    /// Neither looked up nor stored.
    case never(MissReason)
    /// Looked up and stored for exactly the same request only.
    case exactOnly
    /// Also served to the same question in other words.
    case semantic
}
