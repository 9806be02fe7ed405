package import GatewayCore

/// What a replica keeps in memory of an entry, to find it by similarity.
package struct MirroredEntry: Sendable {
    package let id: EntryID
    package let partition: PartitionID
    /// Nil where the store keeps no questions.
    package let question: String?
    /// What the guard compares of the question, encoded.
    package let features: [UInt8]
    package let expires: UnixTime
    package let embedding: EmbeddingVector
    /// Whose partition it is; nil when that is not known.
    package let owner: PartitionOwner?
    /// Which answers count as its own; nil for none but itself.
    package let group: UInt64?

    package init(
        id: EntryID, partition: PartitionID, question: String, expires: UnixTime, embedding: EmbeddingVector,
        owner: PartitionOwner? = nil, group: UInt64? = nil
    ) {
        self.init(
            id: id, partition: partition, question: question, features: GuardFeatures(text: question).encoded,
            expires: expires, embedding: embedding, owner: owner, group: group)
    }

    /// Of an entry without its question.
    package init(
        id: EntryID, partition: PartitionID, features: [UInt8], expires: UnixTime, embedding: EmbeddingVector,
        owner: PartitionOwner? = nil, group: UInt64? = nil
    ) {
        self.init(
            id: id, partition: partition, question: nil, features: features, expires: expires, embedding: embedding,
            owner: owner, group: group)
    }

    private init(
        id: EntryID, partition: PartitionID, question: String?, features: [UInt8], expires: UnixTime,
        embedding: EmbeddingVector, owner: PartitionOwner?, group: UInt64?
    ) {
        self.id = id
        self.partition = partition
        self.question = question
        self.features = features
        self.expires = expires
        self.embedding = embedding
        self.owner = owner
        self.group = group
    }
}
