/// How far a namespace's evidence has been exchanged with the other replicas'.
struct EvidenceExchange {
    /// The last state of the decider that was told, and when.
    var told = 0
    var toldAt: ContinuousClock.Instant?
    /// How far was heard; negative before the first time.
    var heard: Int64 = -1
    /// The count of drifts that was heard of last; negative before the first time.
    var drifts: Int64 = -1
    /// Of our own, how many were told.
    var driftsTold = 0
    /// When the namespace was used last before it was exchanged, by the desk's count.
    var used: UInt64?
    /// What the others have told last.
    private var others: [String: NamespaceEvidence] = [:]
    /// Fields that are ours by now and still stand there.
    private(set) var inherited: Set<String> = []

    /// What all others know together.
    var ofOthers: NamespaceEvidence { others.values.reduce(into: NamespaceEvidence()) { $0.merge($1) } }

    /// Takes in what is new.
    /// - Returns: what of it is this replica's own: what it has taken over, and, before it heard of anything, what it
    ///   had told itself before it forgot the namespace.
    mutating func hear(_ changes: EvidenceChanges, as replica: String) -> [NamespaceEvidence] {
        let inheritance = EvidenceChanges.inheritance(of: replica)
        var own: [NamespaceEvidence] = []
        for field in changes.fields {
            if field.name == replica {
                if heard < 0 { own.append(field.evidence) }
            } else if field.name.hasPrefix(inheritance) {
                if inherited.insert(field.name).inserted { own.append(field.evidence) }
            } else {
                others[field.name] = field.evidence
            }
        }
        let names = Set(changes.names)
        others = others.filter { names.contains($0.key) }
        inherited.formIntersection(names)
        return own
    }

    /// What was told holds what these fields hold: they are gone.
    mutating func dropInherited(_ names: [String]) { inherited.subtract(names) }
}
