/// A model that is a choice: `auto`, `fast`, `cheap`, or any name the operator gives one.
package struct VirtualModel: Sendable {
    /// What the choice is to be good at.
    package enum Objective: String, Sendable, CaseIterable {
        /// The tier the request needs; inside it the route's own strategy.
        case balanced
        /// The tier the request needs or a weaker one when in doubt; inside it the route's own strategy.
        case latency
        /// The cheapest of all targets that are strong enough, whatever their tier.
        case cost
    }

    /// The name clients use.
    package var name: String
    package var objective: Objective
    /// From the weakest to the strongest; at least one.
    package var tiers: [SelectionTier]
    /// Where a request goes of which nothing is sure.
    package var defaultTier: String
    package var rules: [SelectionRule] = []
    package var semanticRoutes: [SemanticRoute] = []
    package var semanticMargin: Float = 0.02
    /// The complexity from which on the next tier is taken, one for each border between tiers, rising.
    package var thresholds: [Float]
    /// A choice by complexity that is less sure is left to the default.
    package var confidence: Float = 0.3
    /// By how much a session's complexity must rise before it leaves its tier for a stronger one.
    package var rise: Float = 0.1

    /// - Parameter thresholds: nil for borders that divide the complexity evenly.
    package init(
        name: String, objective: Objective = .balanced, tiers: [SelectionTier], defaultTier: String,
        thresholds: [Float]? = nil
    ) {
        self.name = name
        self.objective = objective
        self.tiers = tiers
        self.defaultTier = defaultTier
        let borders = max(0, tiers.count - 1)
        self.thresholds = thresholds ?? (0..<borders).map { Float($0 + 1) / Float(tiers.count) }
    }

    /// The names of tiers that rules, semantic routes and the default refer to without there being one. What refers to
    /// them decides nothing, so a configuration with any of them should be refused.
    package var unknownTiers: Set<String> {
        Set(rules.map(\.tier) + semanticRoutes.map(\.tier) + [defaultTier]).subtracting(tiers.map(\.name))
    }
}
