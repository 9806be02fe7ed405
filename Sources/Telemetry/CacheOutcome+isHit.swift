import GatewayCore

extension CacheOutcome {
    /// Whether the answer came from the cache.
    var isHit: Bool {
        switch self {
        case .hitExact, .hitSemantic, .hitStale: true
        case .miss, .bypass: false
        }
    }
}
