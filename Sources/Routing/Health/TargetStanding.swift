/// Whether a target should be called now. Instants are the caller's clock.
package enum TargetStanding: Sendable, Equatable {
    case ready
    /// It was left alone and its time is over: one call may go there, and this replica may make it.
    case probation
    /// The provider asked to be left alone until then.
    case limited(until: ContinuousClock.Instant)
    /// It failed; a probe may be sent then.
    case open(until: ContinuousClock.Instant)
    /// Its key was refused; a probe may be sent then.
    case disabled(until: ContinuousClock.Instant)
}
