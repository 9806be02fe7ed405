package import GatewayCore

/// How one call of a target ended.
package enum AttemptEnd: Sendable {
    /// Wholly. Usage and the time to the first token as far as they are known.
    case answered(usage: TokenUsage?, firstToken: Duration?)
    /// The target is to blame.
    /// - Parameters:
    ///   - isTimeout: whether it was waited for in vain.
    ///   - wasSent: whether the provider may have counted it.
    case failed(isTimeout: Bool, wasSent: Bool)
    /// The provider asked to be left alone; nil when it did not say for how long.
    /// - Parameter dimension: what it has no room in.
    case rateLimited(Duration?, of: LimitDimension = .requests)
    /// The provider refuses the deployment's key.
    case keyRefused
    /// The request is to blame.
    case refused
    /// Nobody waited for the end.
    case cancelled
}
