/// How a route chooses among its targets.
package struct RouteRule: Sendable, Equatable {
    /// How one of its tiers does.
    package struct Tier: Sendable, Equatable {
        package var strategy: RoutingStrategy
        package var shareLimit: ShareLimit?

        package init(_ strategy: RoutingStrategy, shareLimit: ShareLimit? = nil) {
            self.strategy = strategy
            self.shareLimit = shareLimit
        }
    }

    /// For tiers that have none of their own.
    package var usual: Tier
    package var tiers: [Int: Tier] = [:]
    /// Beside whom a target is too slow is asked over all tiers.
    package var cutoff: SpeedCutoff?
    package var exploration = ExplorationRule()

    package init(_ strategy: RoutingStrategy, shareLimit: ShareLimit? = nil) {
        usual = Tier(strategy, shareLimit: shareLimit)
    }
}
