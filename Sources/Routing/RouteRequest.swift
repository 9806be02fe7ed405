package import GatewayCore

/// What the choice of a target is made from.
package struct RouteRequest: Sendable {
    /// The name the client used.
    package var model: String
    package var tenant: TenantID
    /// The name of the caller's key, where it has one.
    package var key: APIKeyID?
    /// Nil where the route does not look at them.
    package var traits: RequestTraits?
    /// Of the question, when there is one and it was embedded.
    package var embedding: EmbeddingVector?
    /// What the caller calls its session.
    package var session: String?
    /// What the body says of its session.
    package var sessionSign: String?
    /// How urgent the caller says it is; nil when it does not say.
    package var priority: WaitingClass?
    /// When the caller does not wait any longer.
    package var deadline: ContinuousClock.Instant?

    package init(
        model: String, tenant: TenantID, traits: RequestTraits? = nil, embedding: EmbeddingVector? = nil,
        session: String? = nil
    ) {
        self.model = model
        self.tenant = tenant
        self.traits = traits
        self.embedding = embedding
        self.session = session
    }
}
