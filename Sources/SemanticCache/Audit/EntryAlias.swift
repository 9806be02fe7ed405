package import GatewayCore

/// A question that an entry of another question answers, as somebody has verified. It is answered like an equal one,
/// for as long as that entry lives and is still the one that was looked at.
package struct EntryAlias: Sendable {
    /// The question's own place.
    package let id: EntryID
    package let partition: PartitionID
    /// As it was asked; nil where questions are not kept.
    package let question: String?
    /// What the guard compares of a question that is not kept, as `GuardFeatures` encode themselves.
    package let features: [UInt8]?
    package let vector: EntryVector?
    /// The entry that answers it, in the same partition, and when that was made: another answer under its id is not the
    /// verified one.
    package let entry: EntryID
    package let entryCreated: UnixTime
    /// By whom it was verified, for the operator.
    package let provenance: String
    /// Of the request that asked it: by these, too, it can be forgotten.
    package let labels: EntryLabels?
    /// The newest purge there was when it was asked. Nil, when it is made, for the newest there is then.
    package var generation: CacheGeneration?

    package init(
        id: EntryID, partition: PartitionID, question: String?, features: [UInt8]? = nil, vector: EntryVector?,
        entry: EntryID, entryCreated: UnixTime, provenance: String,
        labels: EntryLabels? = EntryLabels(CacheLabels()), generation: CacheGeneration? = nil
    ) {
        self.id = id
        self.partition = partition
        self.question = question
        self.features = features
        self.vector = vector
        self.entry = entry
        self.entryCreated = entryCreated
        self.provenance = provenance
        self.labels = labels
        self.generation = generation
    }

    package var origin: AliasOrigin {
        AliasOrigin(entry: entry, provenance: provenance, labels: labels, generation: generation)
    }
}
