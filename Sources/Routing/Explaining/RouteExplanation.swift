package import GatewayCore

/// What would become of a request: which targets it would go to, in which order and why, and why not to the others.
package struct RouteExplanation: Sendable {
    /// One target in its place.
    package struct Candidate: Sendable {
        package let deployment: DeploymentID
        /// The model's name at the provider.
        package let model: String
        /// Lower ones first.
        package let tier: Int
        package let reason: RankReason
        package let estimate: TokenEstimate
        /// Nano-dollars; nil when the prices are not known.
        package let cost: Int?
        /// How good its answers are held to be for this kind of work, 0 to 1; nil when nothing is known.
        package let quality: Float?
        package let condition: TargetCondition
        /// How good its answer is expected to be, by what was learned; nil where nothing learns.
        package let expected: LearnedScore?
        /// Nil for one that was not to be drawn.
        package let learned: LearnedFigures?
    }

    /// One target that may not take the request.
    package struct Rejected: Sendable {
        package let deployment: DeploymentID
        package let rejection: Rejection
        package let inputTokens: Int
        package let outputTokens: Int
        /// Nano-dollars; nil when the prices are not known.
        package let cost: Int?
    }

    /// The configured route.
    package let route: String
    /// How a target is chosen where no tier has a strategy of its own.
    package let strategy: RoutingStrategy
    /// In the order in which they would be tried. Room is not asked for: a target without any would be passed over.
    package let candidates: [Candidate]
    /// Those that would not be called, as their providers refuse the key.
    package let excluded: [Candidate]
    package let rejected: [Rejected]
    /// Whether even the first is a target that fails.
    package let isLastResort: Bool
    /// Nil on a route that does not choose by what the request needs.
    package let selection: Explanation?
}
