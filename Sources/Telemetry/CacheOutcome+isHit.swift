import GatewayCore

extension CacheOutcome {
    /// Whether the answer cost no call of its own.
    var isHit: Bool {
        switch self {
        case .hitExact, .hitAlias, .hitSemantic, .hitStale, .coalesced: true
        case .miss, .bypass: false
        }
    }
}
