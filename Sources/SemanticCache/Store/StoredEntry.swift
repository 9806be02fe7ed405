package import GatewayCore
package import NIOCore

/// One answer as it stands in the store.
package struct StoredEntry: Sendable {
    package let id: EntryID
    package let partition: PartitionID
    /// The question as it was asked; nil for requests that are only matched whole.
    package let question: String?
    /// A `chat.completion` object.
    package let answer: ByteBuffer
    package let model: String?
    package let usage: TokenUsage?
    package let created: UnixTime
    /// From here on the entry is served no more, but in place of a provider that fails. Fixed at creation.
    package let expires: UnixTime
    /// For entries that similar questions may be served from.
    package let vector: EntryVector?
    /// What it can be forgotten by; nil in what was stored damaged.
    package let labels: EntryLabels?
    /// The newest purge there was before the answer was asked for. Nil, when it is saved, for the newest there is then.
    package var generation: CacheGeneration?
    /// For how much of its life it is fresh, and what then.
    package let freshness: EntryFreshness

    package init(
        id: EntryID, partition: PartitionID, question: String?, answer: ByteBuffer, model: String?,
        usage: TokenUsage?, created: UnixTime, expires: UnixTime, vector: EntryVector?,
        labels: EntryLabels? = EntryLabels(CacheLabels()), generation: CacheGeneration? = nil,
        freshness: EntryFreshness = EntryFreshness()
    ) {
        self.freshness = freshness
        self.id = id
        self.partition = partition
        self.question = question
        self.answer = answer
        self.model = model
        self.usage = usage
        self.created = created
        self.expires = expires
        self.vector = vector
        self.labels = labels
        self.generation = generation
    }

    /// Until when it is kept: as long as it lives, and may stand in for a provider that fails.
    package var ends: UnixTime { max(expires, freshness.kept ?? expires) }

    /// From when on it is stale: due to be made anew, or at its life's end.
    package var freshUntil: UnixTime { min(expires, freshness.due ?? expires) }
}

/// A question's vector and the encoder that made it.
package struct EntryVector: Sendable {
    package let encoder: EncoderIdentity
    package let embedding: EmbeddingVector

    package init(encoder: EncoderIdentity, embedding: EmbeddingVector) {
        self.encoder = encoder
        self.embedding = embedding
    }
}
