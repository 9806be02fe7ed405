package import GatewayCore

/// One deployment that a virtual model may send to, with what decides whether it may.
package struct SelectionTarget: Sendable, Equatable {
    package var deployment: DeploymentID
    /// The provider's configured name.
    package var provider: String
    /// The model's name at the provider.
    package var model: String
    /// What the registry knows, with what the configuration says of this deployment over it; nil when nothing is known.
    package var profile: ModelProfile?
    /// Nil: a catch-all.
    package var match: MatchRule?

    package init(
        deployment: DeploymentID, provider: String, model: String, profile: ModelProfile?, match: MatchRule? = nil
    ) {
        self.deployment = deployment
        self.provider = provider
        self.model = model
        self.profile = profile
        self.match = match
    }
}

/// Targets that are alike in what they can do. Tiers stand from the weakest to the strongest.
package struct SelectionTier: Sendable, Equatable {
    package var name: String
    package var targets: [SelectionTarget]

    package init(name: String, targets: [SelectionTarget]) {
        self.name = name
        self.targets = targets
    }
}
