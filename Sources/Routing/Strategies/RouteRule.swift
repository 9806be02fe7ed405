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
    /// How a target is taken among those of a tier that have room; nil: the first, or the one with most room for
    /// ``RoutingStrategy/usageHeadroom``.
    package var pick: PickRequest.Mode?
    /// A target used up to this share of its limits comes before one of its tier that is used beyond.
    package var softRatio = 0.85

    package init(_ strategy: RoutingStrategy, shareLimit: ShareLimit? = nil) {
        usual = Tier(strategy, shareLimit: shareLimit)
    }

    /// How a target is taken among those that have room.
    var pickMode: PickRequest.Mode { pick ?? (usual.strategy == .usageHeadroom ? .mostHeadroom : .firstFit) }
}
