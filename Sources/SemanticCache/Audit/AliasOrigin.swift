package import GatewayCore
import NIOCore

/// Where another name of an entry comes from: what it stands for, by what it was verified, and by what its question can
/// be forgotten. That is its asker's, not the entry's.
package struct AliasOrigin: Sendable, Equatable {
    /// The entry that answers the question.
    package let entry: EntryID
    /// By whom it was verified, for the operator.
    package let provenance: String
    /// Of the request that asked the question; nil in what was stored damaged, or by a release that did not note it.
    package let labels: EntryLabels?
    /// The newest purge there was when it was asked.
    package let generation: CacheGeneration?

    package init(entry: EntryID, provenance: String, labels: EntryLabels?, generation: CacheGeneration?) {
        self.entry = entry
        self.provenance = provenance
        self.labels = labels
        self.generation = generation
    }

    /// As purges see it by itself. What ends the entry is looked at there, its age too.
    package func purgeable(under id: EntryID, in partition: PartitionID) -> StoredEntry {
        StoredEntry(
            id: id, partition: partition, question: nil, answer: .init(), model: nil, usage: nil,
            created: UnixTime(milliseconds: .max), expires: UnixTime(milliseconds: .max), vector: nil, labels: labels,
            generation: generation)
    }
}
