/// Which route a request takes, and what that route must know of it. Made by Routing alone.
package struct RoutePlan: Sendable, Equatable {
    /// The configured route: a model name clients ask for, or `*`. A metric label.
    package let route: String
    /// The least cosine between two questions of this route; nil for the cache's own.
    package let threshold: Float?
    /// Wrong hits per hit that are allowed; nil for the cache's own.
    package let maxWrongHits: Double?
    /// Whether the choice of a target looks into the request.
    package let needsTraits: Bool
    /// Whether the choice compares the question with examples.
    package let needsEmbedding: Bool
    /// By what the route knows sessions whose header says nothing.
    package let sessions: SessionSource
    package let templates: RouteTemplates
    /// What answers of this route are marked with.
    package let cacheTags: [String]
    /// How long they live; nil for as long as the cache says.
    package let cacheLives: CacheLives?
    package let cache: CachePolicy

    package init(
        route: String, threshold: Float? = nil, maxWrongHits: Double? = nil,
        needsTraits: Bool = false, needsEmbedding: Bool = false,
        sessions: SessionSource = .off, templates: RouteTemplates = RouteTemplates(),
        cacheTags: [String] = [], cacheLives: CacheLives? = nil, cache: CachePolicy = CachePolicy()
    ) {
        self.cacheLives = cacheLives
        self.route = route
        self.threshold = threshold
        self.maxWrongHits = maxWrongHits
        self.needsTraits = needsTraits
        self.needsEmbedding = needsEmbedding
        self.sessions = sessions
        self.templates = templates
        self.cacheTags = cacheTags
        self.cache = cache
    }
}
