import GatewayCore
import Routing

extension RoutingConfiguration {
    /// Reads `models_file`, `models`, `providers` and `routes`.
    /// - Parameters:
    ///   - noEncoder: why there are no vectors of requests; nil when there are.
    ///   - templates: the prompts there are, as `name@version`.
    ///   - cacheMode: how far the cache goes at most.
    ///   - servedModel: the name of the gateway's own encoder, which no route may have; nil for none.
    ///   - softLives: knows how long answers live where a route does not say.
    /// - Returns: the names of the providers, also of those that have a problem.
    mutating func read(
        _ root: ConfigSection, noEncoder: String?, templates: [String], servedModel: String?,
        cacheMode: RouteCacheRule, softLives: SoftLifeCheck
    ) -> [String] {
        models.read(root)
        var names = UniqueValues("a provider's name")
        providers = root.list("providers") { ProviderConfiguration.read($0, names: &names) }
        var reader = RouteReader(
            providers: names.all, noEncoder: noEncoder, templates: templates, servedModel: servedModel,
            cacheMode: cacheMode, softLives: softLives)
        routes = root.list("routes") { reader.read($0) }
        for index in routes.indices { reader.limits.complete(&routes[index].targets) }
        return names.all
    }

    /// Reads `routing`, after everything it is checked against.
    mutating func readOperation(_ section: ConfigSection) {
        readLeaseLife(section)
        section.read("on_redis_down", .choice, into: &budgetOutage)
        section.read("decisions", .bool, into: &recordsDecisions)
        section.read("token_margin", .number(0...1), into: &tokenMargin)
        section.section("waiting") { waiting.read($0) }
        section.section("feedback") { feedback.read($0) }
        section.section("sessions") { affinity.read($0) }
        section.section("health") { health.read($0) }
    }

    /// An attempt holds its place longer than any provider may take for its answer: else it would be given to another
    /// one while the first still runs.
    private mutating func readLeaseLife(_ section: ConfigSection) {
        let range: ClosedRange<Duration> = .seconds(1) ... PickRequest.longestLife
        let asked = section.optional("lease_life", .duration(range))
        if let asked { leaseLife = asked }
        guard let slowest = providers.max(by: { $0.deadlines.total < $1.deadlines.total }) else { return }
        let longest = slowest.deadlines.total
        if asked == nil, !section.has("lease_life") {
            leaseLife = max(leaseLife, min(longest + .seconds(60), PickRequest.longestLife))
        }
        guard leaseLife <= longest, asked != nil || countsUse else { return }
        section.refuse(
            "lease_life",
            "expected more than the longest total_timeout, \(ConfigUnit.time(longest)) of the provider "
                + "\(slowest.name), found \(ConfigUnit.time(leaseLife))")
    }
}
