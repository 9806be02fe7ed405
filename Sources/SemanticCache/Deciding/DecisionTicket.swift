package import GatewayCore

/// What it takes to learn from a decision later: whoever finds out whether the candidate's answer was the right one
/// tells ``DecisionDesk/learn(_:same:from:)``.
package struct DecisionTicket: Sendable, Equatable {
    package let space: DecisionSpace
    package let decision: HitDecision
    /// The candidate: what was served, or what would have been nearest.
    package let entry: EntryID
    package let partition: PartitionID
    /// Cosine of the two questions.
    package let similarity: Float

    package init(
        space: DecisionSpace, decision: HitDecision, entry: EntryID, partition: PartitionID, similarity: Float
    ) {
        self.space = space
        self.decision = decision
        self.entry = entry
        self.partition = partition
        self.similarity = similarity
    }

    /// Whether the candidate's answer was served.
    package var isServed: Bool { if case .serve = decision.action { true } else { false } }
}
