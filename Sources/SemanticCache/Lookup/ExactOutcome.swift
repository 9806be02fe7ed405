package import GatewayCore

/// What looking for exactly the same request came to.
package enum ExactOutcome: Sendable {
    case hit(CacheHit)
    /// Past its life: it may stand in for a provider that fails.
    case stale(StaleAnswer)
    /// There is one, but not as fresh as the caller wants it.
    case unwanted
    case none

    package var hit: CacheHit? {
        if case .hit(let hit) = self { return hit }
        return nil
    }
}
