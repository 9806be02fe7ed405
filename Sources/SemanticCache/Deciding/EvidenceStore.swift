/// Where replicas tell each other what they learned of hits.
package protocol EvidenceStore: Sendable {
    /// Tells what this replica knows and hears what is new of the others. One round trip. What a replica has left that
    /// is no more becomes this one's, in the store before it is heard: who loses the answer hears it again.
    func exchange(_ report: EvidenceReport) async throws(CacheStoreError) -> EvidenceNews
}

/// What a replica has to tell of one namespace.
package struct EvidenceReport: Sendable {
    package let space: DecisionSpace
    /// Names this process.
    package let replica: String
    /// All that it has learned, encoded; nil when that is nothing new.
    package let evidence: [UInt8]?
    /// Fields that became this replica's and are in ``evidence`` now, so that they can go.
    package let inherited: [String]
    /// How far it has heard: ``EvidenceNews/heard`` of the last time, negative before.
    package let heard: Int64
    /// Drifts that it has noticed and not told. What others have told before is then void.
    package let drifts: Int
    /// After which silence a replica is no more.
    package let goneAfter: Duration
}

/// What is to be heard of one namespace.
package struct EvidenceNews: Sendable {
    /// How far the replica has heard now. It rises with all that is written, and falls when all was lost.
    package let heard: Int64
    /// How often anybody noticed a drift.
    package let drifts: Int64
    /// Whether the replica was held to be no more, so that what it had told is another's. Nothing was written.
    package let isTaken: Bool
    /// What stands there; nil when nobody else wrote since.
    package let changes: EvidenceChanges?

    package init(heard: Int64, drifts: Int64, isTaken: Bool, changes: EvidenceChanges?) {
        self.heard = heard
        self.drifts = drifts
        self.isTaken = isTaken
        self.changes = changes
    }
}

/// What replicas have told of one namespace.
package struct EvidenceChanges: Sendable {
    /// All fields there are: a replica's name, or what ``inheritance(of:)`` gives.
    package let names: [String]
    /// Those that are new; also the replica's own, if it has not heard of anything before.
    package let fields: [EvidenceField]

    package init(names: [String], fields: [EvidenceField]) {
        self.names = names
        self.fields = fields
    }

    /// How the names of fields begin that a replica has taken over.
    package static func inheritance(of replica: String) -> String { "\(replica)<" }
}

/// What stands in one field.
package struct EvidenceField: Sendable {
    package let name: String
    package let evidence: NamespaceEvidence

    package init(name: String, evidence: NamespaceEvidence) {
        self.name = name
        self.evidence = evidence
    }
}
