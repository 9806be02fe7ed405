package import GatewayCore

/// One target of a route as the strategies see it.
package struct StrategyCandidate: Sendable {
    package let deployment: DeploymentID
    /// Lower ones first; a strategy chooses inside one tier.
    package var tier = 0
    /// Its share beside the others of its tier. Zero: only when all others are out.
    package var weight = 1.0
    package var condition = TargetCondition()
    /// Of this request with the tokens it is expected to take, in nano-dollars; nil when no price is known.
    package var price: Int64?
    /// How good its answers are, 0 to 1; nil when unknown.
    package var quality: Double?
    /// What was learned of it for this request; nil where nothing learns.
    var learned: LearnedScore?

    package init(_ deployment: DeploymentID) { self.deployment = deployment }

    /// A weight with which one can calculate, whatever was configured.
    var share: Double { weight.isFinite ? max(weight, 0) : 0 }

    /// How much of its share of the work it already has, with the call that is to be placed.
    var load: Double { share > 0 ? Double(condition.inFlight + 1) / share : .infinity }
}
