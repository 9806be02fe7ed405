package import GatewayCore

/// Somebody who got an entry's answer calls it wrong.
package struct EntryAccusation: Sendable, Equatable {
    package let entry: EntryID
    package let partition: PartitionID
    /// When the answer was made: another one under the same id is not accused.
    package let created: UnixTime
    /// The question it was wrong for, by its own place in the partition; nil when it is the entry's own.
    package let question: EntryID?
    /// Who says so, by a keyed digest; nil for who did not say who it is, which counts as nobody.
    package let accuser: String?

    /// Questions that an entry is kept from; of more the last are.
    package static let vetoLimit = 64

    package init(
        entry: EntryID, partition: PartitionID, created: UnixTime, question: EntryID?, accuser: String?
    ) {
        self.entry = entry
        self.partition = partition
        self.created = created
        self.question = question
        self.accuser = accuser
    }

    /// Whether an entry that stands there is still the one that is accused.
    package func isAbout(_ found: StoredEntry) -> Bool {
        found.id == entry && found.partition == partition && found.created == created
    }
}

/// What an accusation came to.
package enum AccusationResult: Sendable, Equatable {
    /// The answer is no longer there, or is another one by now.
    case gone
    /// It is noted, and the question will not get the entry again.
    case noted
    /// The same, and the accuser is not the first: the entry should go.
    case isSecond
    /// The same of an answer that an operator wrote, which only operators take away.
    case curated

    /// - Parameter isSecond: whether somebody else has accused the entry before.
    package init(of entry: StoredEntry, isSecond: Bool) {
        self = entry.curation != nil ? .curated : isSecond ? .isSecond : .noted
    }
}
