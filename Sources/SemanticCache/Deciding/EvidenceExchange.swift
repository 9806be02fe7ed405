/// How far a namespace's evidence has been exchanged with the other replicas'.
struct EvidenceExchange {
    /// The last state of the decider that was told.
    var told = 0
    /// The last state of the store that was heard.
    var heard: Int64 = -1
}
