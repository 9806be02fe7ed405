package import GatewayCore

/// A model name clients ask for.
package struct RouteConfiguration: Sendable {
    /// `*` takes every name no other route takes.
    package var model: String
    /// In the order in which they are tried, if nothing else decides.
    package var targets: [TargetConfiguration]
    /// The least cosine between two questions that may share an answer; nil for the cache's own threshold. How alike
    /// questions of one meaning are depends on what they are about.
    package var threshold: Float?
    /// Wrong hits per hit that are allowed; nil for the cache's own budget.
    package var maxWrongHits: Double?
    /// How one of the targets is chosen.
    package var rule = RouteRule(.priority)
    /// For a model that is a choice by what the request needs; its targets name tiers then.
    package var selection: SelectionConfiguration?
    /// Which requests are kept at the target that has their prompt in its cache.
    package var sessions = SessionSource.named
    /// When a second target is asked because the first is late; nil for never.
    package var hedge: HedgeRule?
    /// When a target that failed is called again, where it does not say so itself.
    package var retry = RetryRule.none
    /// See ``FallbackRule/statuses``, where a target does not say so itself.
    package var fallbackStatuses: Set<Int>?
    /// Where requests go that a target cannot take as they are.
    package var fallbacks = FallbackLists()
    /// How many calls behind the first its requests make together.
    package var retryBudget = RetryBudgetRule()
    /// For a route that learns from judgments which target is best; nil: it does not.
    package var learning: LearningRule?
    /// Prompts that stand in front of the caller's messages.
    package var templates = RouteTemplates()
    /// What its answers are marked with in the cache.
    package var cacheTags: [String] = []
    /// How long its answers live; nil for as long as the cache says.
    package var cacheLives: CacheLives?
    /// How far the cache goes for it.
    package var cache = CachePolicy()

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
    /// Targets with a higher number are tried only when those with lower ones are out.
    package var priority = 0
    package var weight = 1.0
    /// What the provider allows this deployment.
    package var limits = Limits()
    /// For which requests it is meant; nil: for all that no other target claims.
    package var match: MatchRule?
    /// Its tier, by name, on a route that chooses by what the request needs.
    package var tier: String?
    /// When it is called again; nil for as its route says.
    package var retry: RetryRule?
    package var fallback = FallbackRule()

    package init(provider: String, model: String? = nil) {
        self.provider = provider
        self.model = model
    }
}
