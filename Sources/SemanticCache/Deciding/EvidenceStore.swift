/// Where replicas tell each other what they learned of hits.
package protocol EvidenceStore: Sendable {
    /// Tells what this replica knows and hears what the others do. One round trip.
    func exchange(_ report: EvidenceReport) async throws(CacheStoreError) -> EvidenceNews

    /// Takes what a replica has left that is no more; true for one of all that try.
    func take(_ field: EvidenceField, of space: DecisionSpace) async throws(CacheStoreError) -> Bool
}

/// What a replica has to tell of one namespace.
package struct EvidenceReport: Sendable {
    package let space: DecisionSpace
    /// Names this process.
    package let replica: String
    /// All that it has learned, encoded; nil when that is nothing new.
    package let evidence: [UInt8]?
    /// The count of writes that it heard of last.
    package let heard: Int64
    /// Drifts that it has noticed and not told.
    package let drifts: Int
}

/// What is to be heard of one namespace.
package struct EvidenceNews: Sendable {
    /// How often anybody wrote, and noticed a drift.
    package let writes: Int64
    package let drifts: Int64
    /// What all replicas have told; nil when that was heard before.
    package let fields: [EvidenceField]?

    package init(writes: Int64, drifts: Int64, fields: [EvidenceField]?) {
        self.writes = writes
        self.drifts = drifts
        self.fields = fields
    }
}

/// What one replica has told.
package struct EvidenceField: Sendable {
    package let replica: String
    /// When, in milliseconds since 1970 by the store's clock.
    package let written: Int64
    package let age: Duration
    package let evidence: NamespaceEvidence

    package init(replica: String, written: Int64, age: Duration, evidence: NamespaceEvidence) {
        self.replica = replica
        self.written = written
        self.age = age
        self.evidence = evidence
    }
}
