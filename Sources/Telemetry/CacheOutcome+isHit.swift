import GatewayCore

extension CacheOutcome {
    /// Whether the answer cost no call of its own.
    var isHit: Bool {
        switch self {
        case .hitExact, .hitSemantic, .coalesced: true
        case .miss, .bypass: false
        }
    }
}
