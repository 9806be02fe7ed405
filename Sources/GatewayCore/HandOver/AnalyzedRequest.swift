/// A request with everything the cache needs to know of it. Made by RequestAnalysis alone.
package struct AnalyzedRequest: Sendable {
    package let request: ChatRequest
    package let judgment: CacheJudgment
    /// Where its answer stands in the cache, if it stands anywhere; nil where nothing is cached.
    package private(set) var place: CachePlace?
    /// The wall of what was asked without anything personal, or outside of a conversation: similar questions are
    /// looked for there, too, and nothing is written.
    package var alsoSearched: PartitionID?
    /// What is asked: the question's own text, or what its caller says instead; nil when nothing can be compared.
    package var question: String?
    /// Whose question it is, as its sender says it.
    package var user: String?
    /// Whether its answer is looked for only to tell what would have been served.
    package var isShadow = false
    package let directives: CacheDirectives
    /// What its answer can be forgotten by.
    package let labels: CacheLabels
    /// How long its answer lives; nil for as long as the cache says.
    package let lives: CacheLives?

    package var cacheability: Cacheability { judgment.cacheability }

    package init(
        request: ChatRequest, cacheability: Cacheability, place: CachePlace?, directives: CacheDirectives,
        labels: CacheLabels = CacheLabels(), lives: CacheLives? = nil
    ) {
        self.init(
            request: request, judgment: CacheJudgment(cacheability, .selfContained), place: place,
            directives: directives, labels: labels, lives: lives)
    }

    package init(
        request: ChatRequest, judgment: CacheJudgment, place: CachePlace?, directives: CacheDirectives,
        labels: CacheLabels = CacheLabels(), lives: CacheLives? = nil
    ) {
        self.lives = lives
        self.request = request
        self.judgment = judgment
        question = request.question?.text
        self.place = place
        self.directives = directives
        self.labels = labels
    }

    /// The same request as it is looked for behind the other wall; nil when there is none.
    package var besides: AnalyzedRequest? {
        guard let alsoSearched, let place else { return nil }
        var request = self
        request.place = CachePlace(partition: alsoSearched, entry: place.entry)
        return request
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
    /// Also served to the same question in other words, inside the same conversation.
    case thread
    /// Also served to the same question in other words.
    case semantic
}
