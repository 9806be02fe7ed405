/// What looking into a cached answer has come to. The raw value is a metric label.
package enum AuditOutcome: String, Sendable, CaseIterable {
    /// The answer is right: by the model's own answer, word for word or nearly, or by the judge.
    case rightByEquality = "right_equality"
    case rightByLikeness = "right_likeness"
    case rightByJudge = "right_judge"
    /// The model's own answer is quite another one.
    case different
    /// The judge said no.
    case wrong
    /// The judge could not tell, which counts as wrong.
    case unsure
    /// The pair waits already, or was looked into lately.
    case known
    /// Too many cases wait.
    case queueFull = "queue_full"
    /// The caller, its tenant's rules or its labels do not let a judge read it.
    case forbidden
    /// The entry was gone when it was to be looked into.
    case gone
    /// Nothing but a judge can tell, and none is configured.
    case noJudge = "no_judge"
    /// The day's money is spent.
    case budget
    /// The judge did not answer, or a store it needs did not.
    case failed
    /// The judge's words are no verdict.
    case unreadable
}
