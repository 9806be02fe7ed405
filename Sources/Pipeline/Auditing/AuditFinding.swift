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
    /// Whether an operator wrote it, who alone takes it away.
    let isOperators: Bool

    init(_ outcome: AuditOutcome, of entry: StoredEntry, to stored: String?, cost: Int) {
        self.outcome = outcome
        self.cost = cost
        self.stored = stored
        self.entry = entry.id
        created = entry.created
        isOperators = entry.curation != nil
    }

    var isRight: Bool { outcome.isRight }
}

extension AuditOutcome {
    /// Whether it says that the answer is right.
    var isRight: Bool {
        switch self {
        case .rightByEquality, .rightByLikeness, .rightByJudge: true
        default: false
        }
    }
}
