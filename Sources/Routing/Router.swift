package import GatewayCore

/// Decides where a request goes: hard rules, then what the request needs, then the route's strategy, then room.
///
/// ``plan(model:)`` names the route before the cache is asked; ``attempts(for:)`` hands out its targets one after the
/// other to who calls them, behind it.
package final class Router: Sendable {
    let routes: [String: ConfiguredRoute]
    let tenants: [TenantID: TenantRules]
    let desk: AttemptDesk
    let sessions = SessionTiers()
    private let registry: ModelRegistry
    private let callers: CallerDirectory

    /// - Parameters:
    ///   - limits: where use is counted; nil to count nothing.
    ///   - examples: the vectors of the phrases of all semantic routes, by phrase. One without a vector decides
    ///     nothing.
    ///   - learning: where requests lie for routes that learn.
    ///   - clock: by which is waited in front of calls again.
    /// - Precondition: every target names a configured provider; the configuration's check guarantees it.
    package init(
        configuration: RoutingConfiguration, health: HealthBoard, limits: (any LimitStore)?,
        estimator: TokenEstimator = TokenEstimator(), examples: [String: EmbeddingVector] = [:],
        learning: LearningPlace = LearningPlace(), clock: WaitingClock = WaitingClock()
    ) {
        let desk = AttemptDesk(
            health: health, limits: limits, estimator: estimator, leaseLife: configuration.leaseLife,
            room: WaitingRoom(configuration.waiting), affinity: AffinityTable(configuration.affinity), clock: clock)
        let builder = RouteBuilder(
            configuration, estimator: estimator, examples: examples, learning: learning, clock: clock)
        self.routes = Dictionary(
            configuration.routes.map { ($0.model, builder.route($0)) }, uniquingKeysWith: { first, _ in first })
        self.tenants = configuration.tenants
        self.registry = configuration.models
        self.callers = CallerDirectory(configuration, limits: limits)
        self.desk = desk
    }

    /// The names clients may ask for, sorted; the wildcard is no name.
    package var models: [String] { routes.keys.filter { $0 != RouteConfiguration.wildcard }.sorted() }

    /// What an answer costs in nano-dollars; nil when the model's prices, or what it used, are not known.
    /// - Parameter model: as the provider names it.
    package func cost(of usage: TokenUsage?, model: String?) -> Int? {
        guard let usage, let profile = model.flatMap({ registry.profile(of: $0) }) else { return nil }
        return profile.cost(of: usage)
    }

    /// The tokens of one text, by estimate.
    /// - Parameter model: as the provider names it.
    package func tokens(of text: ScriptBytes, model: String) -> Int { desk.estimator.tokens(of: text, model: model) }

    /// The route for a model name.
    /// - Parameter key: the name of the caller's key, where it has one.
    /// - Throws: `modelNotFound` when no route takes the name.
    package func plan(model: String, tenant: TenantID, key: APIKeyID? = nil) throws(GatewayError) -> RoutePlan {
        guard let route = route(for: model) else {
            throw GatewayError(.modelNotFound, "no route is configured for the model '\(model)'", parameter: "model")
        }
        return RoutePlan(
            route: route.name, threshold: route.threshold, maxWrongHits: route.maxWrongHits,
            needsTraits: route.needsTraits || areRuled(tenant, key),
            needsEmbedding: route.needsEmbedding, sessions: route.sessions,
            templates: route.templates, cacheTags: route.cacheTags, cacheLives: route.cacheLives, cache: route.cache)
    }

    /// Every configured target, each once, in the order of the configuration's names.
    package var deployments: [DeploymentID] {
        Set(routes.values.flatMap(\.places).map(\.target.deployment)).sorted { $0.description < $1.description }
    }

    /// A configured target by its name.
    package func target(_ deployment: DeploymentID) -> Target? {
        for route in routes.values {
            for place in route.places where place.target.deployment == deployment { return place.target }
        }
        return nil
    }

    /// The names under which configured models stand at their providers. What clients make up under a wildcard is none.
    package var modelNames: Set<String> {
        Set(
            routes.values.flatMap { route in
                route.places.map { $0.passesModelName ? route.name : $0.target.model }
            }
        ).subtracting([RouteConfiguration.wildcard])
    }

    /// What a caller's request rates allow, asked for every request, also for one that the cache will answer; nil when
    /// neither its tenant nor its team nor its key has such a limit.
    /// - Parameter key: its name, where it has one.
    package func admission(of tenant: TenantID, key: APIKeyID? = nil) -> CallerAdmission? {
        callers.scopes(of: tenant, key: key).admission
    }

    /// Whose limits count for a request.
    func scopes(of request: RouteRequest) -> CallerScopes { callers.scopes(of: request.tenant, key: request.key) }

    /// Whether anything is said of what the caller may use: it is held against what its requests need.
    func areRuled(_ tenant: TenantID, _ key: APIKeyID?) -> Bool {
        tenants[tenant] != nil || !callers.scopes(of: tenant, key: key).ofCalls.isEmpty
    }

    /// The targets of a request that no cache could answer.
    /// - Throws: `noCompliantTarget` when the rules leave none, `invalidRequest` for labels that cannot be understood.
    package func attempts(for request: RouteRequest) throws(GatewayError) -> RouteAttempts {
        guard let route = route(for: request.model) else {
            throw GatewayError(.modelNotFound, "no route takes the model '\(request.model)'", parameter: "model")
        }
        let rules = tenants[request.tenant]
        let session = session(of: request, on: route)
        var choice = try route.choose(for: request, constraints: constraints(of: request), held: session?.held)
        if let session, let held = choice.held { sessions.hold(held, by: session.name, now: .now) }
        let scopes = scopes(of: request)
        if scopes.haveBudgets { try choice.leaveOutUnpriced(of: request.model) }
        let learning = route.learning(for: request, &choice)
        var attempts = RouteAttempts(
            route: route, model: request.model, candidates: choice.candidates, explanation: choice.explanation,
            traits: request.traits, scopes: scopes.ofCalls, sessionKey: session?.key, desk: desk)
        attempts.stayKey = stayKey(of: request, on: route)
        attempts.learning = learning
        attempts.rejected = choice.rejected
        attempts.deadline = request.deadline
        // Nobody is more urgent than its tenant may be.
        attempts.waiting = WaitingRight(
            tenant: request.tenant, weight: rules?.weight ?? 1,
            priority: max(request.priority ?? .usual, rules?.priority ?? .usual),
            deadline: request.deadline)
        return attempts
    }

    /// A request's session, as the choice and its explanation see it.
    struct Session {
        /// The same in all replicas, and on all routes.
        let key: UInt64
        /// One session may use several routes: each keeps it in a tier of its own.
        let name: String
        let held: HeldTier?
    }

    /// Nil without a session. Names of callers are hashed: they may be long.
    func session(of request: RouteRequest, on route: ConfiguredRoute) -> Session? {
        guard let said = request.session else { return nil }
        let key = StableHash.of("\(request.tenant)\n\(said)")
        let name = "\(route.name)\n\(key)"
        return Session(key: key, name: name, held: sessions.held(by: name, now: .now))
    }

    /// Where a request may go at all: its tenant's rules, tightened by its own labels.
    /// - Throws: `invalidRequest` for labels that cannot be understood.
    func constraints(of request: RouteRequest) throws(GatewayError) -> RoutingConstraints {
        let constraints = tenants[request.tenant]?.constraints ?? RoutingConstraints()
        guard let traits = request.traits else { return constraints }
        return try constraints.tightened(by: traits.metadata)
    }

    /// Names the session by which a request is kept at a target; nil where none is.
    func stayKey(of request: RouteRequest, on route: ConfiguredRoute) -> UInt64? {
        guard route.sessions != .off, let name = request.session ?? request.sessionSign else { return nil }
        return StableHash.of("\(route.name)\n\(request.tenant)\n\(name)")
    }

    /// How many requests wait for room now.
    package var waiting: Int { desk.room.count }

    /// Who they are.
    package var waitingFigures: WaitingFigures { desk.room.figures }

    func route(for model: String) -> ConfiguredRoute? {
        routes[model] ?? routes[RouteConfiguration.wildcard]
    }
}
