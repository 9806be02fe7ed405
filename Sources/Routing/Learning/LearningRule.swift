/// How a route learns which of its targets answers best for its price.
package struct LearningRule: Sendable, Equatable {
    /// How much quality, of 1, the dearest target of a request must have ahead of one that costs nothing.
    package var costWeight = 0.2
    /// The least chance of every target that may be asked; never more than an equal one.
    package var floor = 0.02
    /// After this time a judgment counts half.
    package var halfLife: Duration = .seconds(7 * 86_400)
    /// The largest part of what is said of a target that one tenant may have; never less than twice an equal one.
    package var tenantShare = 0.25

    package init() {}
}
