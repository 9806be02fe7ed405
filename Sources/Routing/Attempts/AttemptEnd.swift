package import GatewayCore

/// How one call of a target ended.
package enum AttemptEnd: Sendable {
    /// Wholly. Usage and the time to the first token as far as they are known.
    /// - Parameters:
    ///   - duration: how long the provider took, without what the client did; nil for until now.
    ///   - isTimed: whether that is the provider's time; of one that its reader held back nobody knows it.
    case answered(usage: TokenUsage?, firstToken: Duration?, duration: Duration? = nil, isTimed: Bool = true)
    /// Well, and nobody pays: a count of tokens. How long it took says nothing of answers.
    case uncounted
    /// The target is to blame.
    /// - Parameters:
    ///   - isTimeout: whether it was waited for in vain.
    ///   - wasSent: whether the provider may have counted it.
    ///   - wasRefused: whether the provider said that it would not answer: then it used no tokens.
    case failed(isTimeout: Bool, wasSent: Bool, wasRefused: Bool = false)
    /// The provider asked to be left alone; nil when it did not say for how long.
    /// - Parameter dimension: what it has no room in.
    case rateLimited(Duration?, of: LimitDimension = .requests)
    /// The provider refuses the deployment's key.
    case keyRefused
    /// The request is to blame.
    case refused
    /// Nobody waited for the end.
    case cancelled
    /// It was not called: the answer came another way.
    case unused
    /// Another target answered first, or the caller's time was over before the target's own.
    /// - Parameter firstToken: how long its own first content took; nil when there was none yet.
    case outrun(firstToken: Duration?)
}
