/// One deployment of a model at a provider, with all that a call needs.
package struct Target: Sendable {
    package let deployment: DeploymentID
    /// Without a slash at the end, such as `https://api.openai.com/v1`.
    package let baseURL: String
    package let keys: KeyRing?
    /// The model's name at the provider.
    package let model: String
    package let deadlines: CallDeadlines
    /// Whether the host may have an address that is not public.
    package let allowsPrivateAddresses: Bool

    package init(
        deployment: DeploymentID, baseURL: String, keys: KeyRing?, model: String, deadlines: CallDeadlines,
        allowsPrivateAddresses: Bool
    ) {
        self.deployment = deployment
        self.baseURL = baseURL
        self.keys = keys
        self.model = model
        self.deadlines = deadlines
        self.allowsPrivateAddresses = allowsPrivateAddresses
    }
}

/// How long one call of a provider may take.
package struct CallDeadlines: Sendable, Equatable {
    package var connect: Duration = .seconds(2)
    /// Until the response head, which for a call that is not streamed is the whole answer's time.
    package var firstByte: Duration = .seconds(60)
    /// Between two pieces of the body.
    package var idle: Duration = .seconds(30)
    package var total: Duration = .seconds(600)

    package init() {}
}
