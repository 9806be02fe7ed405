import GatewayCore
import SemanticCache

/// One stored answer to be looked into: whether it is right for a question.
struct AuditCase: Sendable {
    /// What became of it. The raw value is a metric label.
    enum Kind: String, Sendable {
        /// It was served.
        case hit
        /// It was not, and the model has answered instead.
        case miss
    }

    let kind: Kind
    let subject: AuditSubject
    let entry: EntryID
    let partition: PartitionID
    /// Tells its answer from one that is made anew.
    let answer: UInt64
    /// How likely it was that the case be looked into.
    let share: Double
    /// What is to be learned from; nil where likeness alone decides.
    let ticket: DecisionTicket?

    var pair: AuditQueue<AuditCase, AuditOutcome>.Pair {
        .init(asked: subject.place.entry, entry: entry, answer: answer)
    }
}
