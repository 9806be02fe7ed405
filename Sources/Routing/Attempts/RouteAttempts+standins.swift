package import GatewayCore

extension RouteAttempts {
    /// Whether a target has another model than all those that were to be asked first, so that its answer stands in for
    /// theirs.
    package func isStandIn(_ target: Target) -> Bool {
        guard let first = candidates.map(\.tier).min() else { return false }
        return !candidates.contains { $0.tier == first && $0.target.model == target.model }
    }
}
