package import GatewayCore
package import NIOCore

/// One answer as it stands in the store.
package struct StoredEntry: Sendable {
    package let id: EntryID
    package let partition: PartitionID
    /// The question as it was asked; nil for requests that are only matched whole.
    package var question: String?
    /// What the guard compares of a question that is not kept, as `GuardFeatures` encode themselves.
    package var features: [UInt8]?
    /// A `chat.completion` object.
    package let answer: ByteBuffer
    package let model: String?
    package let usage: TokenUsage?
    package let created: UnixTime
    /// From here on the entry is served no more, but in place of a provider that fails. Fixed at creation.
    package let expires: UnixTime
    /// For entries that similar questions may be served from.
    package var vector: EntryVector?
    /// What it can be forgotten by; nil in what was stored damaged.
    package let labels: EntryLabels?
    /// The newest purge there was before the answer was asked for. Nil, when it is saved, for the newest there is then.
    package var generation: CacheGeneration?
    /// Of the lead by which it was asked for: it replaces no answer of a later lead. Only for saving.
    package var fence: Int64?
    /// For answers that an operator wrote.
    package var curation: Curation?
    /// Which answers count as this one, see ``AnswerGroup``; nil where nothing asks.
    package var group: UInt64?
    /// For how much of its life it is fresh, and what then.
    package let freshness: EntryFreshness
    /// What it would cost to get it again, in nano-dollars: by it a tenant's quota chooses what stays.
    package var worth = 0
    /// Questions that it is not served to, by their own places: it was called wrong there. Only the store adds to them,
    /// and keeps them when the entry is made anew.
    package var vetoes: [EntryID] = []
    /// Of another name of an entry, as operators and purges see it; what is served under one is the entry.
    package var alias: AliasOrigin?

    package init(
        id: EntryID, partition: PartitionID, question: String?, features: [UInt8]? = nil, answer: ByteBuffer,
        model: String?, usage: TokenUsage?, created: UnixTime, expires: UnixTime, vector: EntryVector?,
        labels: EntryLabels? = EntryLabels(CacheLabels()), generation: CacheGeneration? = nil, fence: Int64? = nil,
        curation: Curation? = nil, freshness: EntryFreshness = EntryFreshness(), group: UInt64? = nil
    ) {
        self.freshness = freshness
        self.id = id
        self.partition = partition
        self.question = question
        self.features = features
        self.answer = answer
        self.model = model
        self.usage = usage
        self.created = created
        self.expires = expires
        self.vector = vector
        self.labels = labels
        self.generation = generation
        self.fence = fence
        self.curation = curation
        self.group = group
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
