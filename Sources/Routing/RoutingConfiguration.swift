package import GatewayCore

/// Which models clients may ask for, and where each goes.
package struct RoutingConfiguration: Sendable {
    package var providers: [ProviderConfiguration] = []
    package var routes: [RouteConfiguration] = []
    /// Failures in a row after which a target is tried last.
    package var failuresBeforeCooldown = 2
    /// For how long it is.
    package var cooldown: Duration = .seconds(10)

    package init() {}
}

/// A place that speaks the Chat Completions API.
package struct ProviderConfiguration: Sendable {
    package var name: String
    package var baseURL: String
    package var key: Secret?
    package var deadlines = CallDeadlines()

    package init(name: String, baseURL: String, key: Secret? = nil) {
        self.name = name
        self.baseURL = baseURL
        self.key = key
    }
}

/// A model name clients ask for.
package struct RouteConfiguration: Sendable {
    /// `*` takes every name no other route takes.
    package var model: String
    /// In the order in which they are tried.
    package var targets: [TargetConfiguration]
    /// The least cosine between two questions that may share an answer; nil for the cache's own threshold. How alike
    /// questions of one meaning are depends on what they are about.
    package var threshold: Float?

    package static let wildcard = "*"

    package init(model: String, targets: [TargetConfiguration], threshold: Float? = nil) {
        self.model = model
        self.targets = targets
        self.threshold = threshold
    }
}

/// One model at one provider.
package struct TargetConfiguration: Sendable {
    package var provider: String
    /// The model's name there; nil for the name the client used.
    package var model: String?

    package init(provider: String, model: String? = nil) {
        self.provider = provider
        self.model = model
    }
}
