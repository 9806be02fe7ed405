package import GatewayCore

/// All that a choice is made from.
package struct SelectionInput: Sendable {
    package var traits: RequestTraits
    /// Of the last user message; nil when there is none, or no encoder.
    package var embedding: EmbeddingVector?
    package var constraints: RoutingConstraints
    /// The tier the session is on; nil outside of sessions and at their beginning.
    package var held: HeldTier?

    package init(
        traits: RequestTraits, embedding: EmbeddingVector? = nil, constraints: RoutingConstraints = .init(),
        held: HeldTier? = nil
    ) {
        self.traits = traits
        self.embedding = embedding
        self.constraints = constraints
        self.held = held
    }
}

/// The tier a session stays on, and the highest complexity it has shown.
package struct HeldTier: Sendable, Equatable {
    package let tier: String
    package let complexity: Float

    package init(tier: String, complexity: Float) {
        self.tier = tier
        self.complexity = complexity
    }
}
