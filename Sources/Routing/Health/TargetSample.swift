/// How one call of a target ended, as its health sees it.
package enum TargetSample: Sendable, Equatable {
    /// A good answer. `timeToFirstToken` is nil when the answer came whole, and the token time is then taken from the
    /// whole duration; `outputTokens` is nil when the provider did not say.
    case answered(timeToFirstToken: Duration?, duration: Duration, outputTokens: Int?)
    /// The target is to blame: no connection, 5xx, a deadline passed, a stream that stalled or broke off.
    /// - Parameter waited: how long was waited in vain when a deadline passed; it enters the time to first token, as
    ///   otherwise the slowest calls were missing from it. Nil for failures that came at once.
    case hardFailure(waited: Duration?)
    /// The provider asked to be left alone; nil when it did not say for how long. No sign of ill health.
    case rateLimited(retryAfter: Duration?)
    /// The provider refuses the deployment's key.
    case authFailure
    /// The caller is to blame. Never counts, for or against.
    case clientError
    /// Nobody waited for the end. Never counts.
    case cancelled
    /// Another target, asked beside it, answered first. Never counts, but its time enters the time to first token, or
    /// the slowest answers would be missing from it: when its own first content came, or when it had already taken
    /// longer than is usual for it. Of one that was cut off sooner nothing is learned.
    case outrun(after: Duration, hasBegun: Bool)
}
