import GatewayCore
import SemanticCache

/// What looking into a stored answer has found out.
struct AuditFinding: Sendable {
    let outcome: AuditOutcome
    /// What the judge took, in billionths of a dollar.
    let cost: Int
    /// The stored question; nil where nobody asks for it.
    let stored: String?
    /// The entry itself, also where it was found by another name, and when it was made.
    let entry: EntryID
    let created: UnixTime

    init(_ outcome: AuditOutcome, of entry: StoredEntry, to stored: String?, cost: Int) {
        self.outcome = outcome
        self.cost = cost
        self.stored = stored
        self.entry = entry.id
        created = entry.created
    }

    var isRight: Bool {
        switch outcome {
        case .rightByEquality, .rightByLikeness, .rightByJudge: true
        default: false
        }
    }
}
