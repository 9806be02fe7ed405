package import NIOCore

/// An answer that may be served. Made by SemanticCache alone, after the serve check.
package struct CacheHit: Sendable {
    package let outcome: CacheOutcome
    package let entry: EntryID
    /// A `chat.completion` object, as stored.
    package let answer: ByteBuffer
    package let model: String?
    package let usage: TokenUsage?
    package let age: Duration
    /// When it was made; nil for what no store holds yet.
    package let created: UnixTime?
    /// Cosine to the stored question; nil for an exact hit.
    package let similarity: Float?
    /// Nil while it is fresh.
    package let freshness: HitFreshness?
    /// For an answer that it is time to make anew.
    package let due: RefreshDue?

    package init(
        outcome: CacheOutcome, entry: EntryID, answer: ByteBuffer, model: String?, usage: TokenUsage?, age: Duration,
        similarity: Float?, freshness: HitFreshness? = nil, due: RefreshDue? = nil, created: UnixTime? = nil
    ) {
        self.freshness = freshness
        self.due = due
        self.created = created
        self.outcome = outcome
        self.entry = entry
        self.answer = answer
        self.model = model
        self.usage = usage
        self.age = age
        self.similarity = similarity
    }
}
