package import GatewayCore

/// What must be remembered of a call so that its judgment teaches something.
package struct LearnedChoice: Sendable, Equatable {
    package let features: LearningFeatures
    /// Where they lie; features of another space mean something else.
    package let space: String
    /// How likely the target was; nil when it was not drawn, but held by a session or taken as others had no room.
    package let chance: Double?
    /// Whether another one was held to be better.
    package let isTrial: Bool
    /// Those it was drawn from, itself among them.
    package let among: [DeploymentID]

    package init(
        features: LearningFeatures, space: String, chance: Double?, isTrial: Bool = false, among: [DeploymentID] = []
    ) {
        self.features = features
        self.space = space
        self.chance = chance
        self.isTrial = isTrial
        self.among = among
    }
}
