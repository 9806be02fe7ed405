/// How far a namespace's evidence has been exchanged with the other replicas'.
struct EvidenceExchange {
    /// The last state of the decider that was told, and when.
    var told = 0
    var toldAt: ContinuousClock.Instant?
    /// The count of writes that was heard of last, and that of drifts; negative before the first time.
    var heard: Int64 = -1
    var drifts: Int64 = -1
    /// Of our own, how many were told.
    var driftsTold = 0
}
