/// How a call of a target ended, as far as the target is to blame.
package enum TargetOutcome: Sendable {
    case answered
    case failed
    /// The provider asked to be left alone; nil when it did not say for how long.
    case rateLimited(Duration?)
}
