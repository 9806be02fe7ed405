/// One deployment of a model at a provider, with all that a call needs.
package struct Target: Sendable {
    package let deployment: DeploymentID
    package var api = ProviderAPI.compatible
    /// Without a slash at the end, such as `https://api.openai.com/v1`.
    package let baseURL: String
    package let keys: KeyRing?
    /// The model's name at the provider.
    package var model: String
    /// Whether that name is the client's own, as it was said in the request.
    package var takesClientsModel = false
    package let deadlines: CallDeadlines
    /// What only some APIs need.
    package var place = ProviderPlace()
    /// What the model is known to do; nil when nothing is known, which forbids nothing.
    package var capabilities: ModelCapabilities?
    /// The most tokens of an answer, for APIs that must be told a limit; nil when not known.
    package var maxOutputTokens: Int?
    /// Whether parameters that its API has no word for are left out; else such a request is refused.
    package var dropsParameters = true
    /// What clients may name in the operator's account at the provider.
    package var references: Set<AccountReference> = []
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

/// Where at a provider a deployment is, for APIs whose addresses say it.
package struct ProviderPlace: Sendable, Equatable {
    /// Such as `eu-central-1` (Bedrock) or `europe-west4` (Vertex).
    package var region: String?
    /// Of Google Cloud.
    package var project: String?
    /// `api-version` of Azure; nil for its API that has none.
    package var version: String?

    package init() {}
}

/// How long one call of a provider may take.
package struct CallDeadlines: Sendable, Equatable {
    package var connect: Duration = .seconds(2)
    /// Until the response head, which for a call that is not streamed is the whole answer's time.
    package var firstByte: Duration = .seconds(60)
    /// Until the first content of a stream, whatever comes in front of it: models may think for long unseen.
    package var firstContent: Duration = .seconds(300)
    /// Between two pieces of the body.
    package var idle: Duration = .seconds(30)
    package var total: Duration = .seconds(600)

    package init() {}
}
