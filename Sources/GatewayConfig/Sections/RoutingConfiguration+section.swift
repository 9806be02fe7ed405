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

    /// Reads `routing`.
    mutating func readOperation(_ section: ConfigSection) {
        section.read("lease_life", .duration(.seconds(1) ... PickRequest.longestLife), into: &leaseLife)
        section.read("on_redis_down", .choice, into: &budgetOutage)
        section.read("decisions", .bool, into: &recordsDecisions)
        section.read("token_margin", .number(0...1), into: &tokenMargin)
        section.section("waiting") { waiting.read($0) }
        section.section("feedback") { feedback.read($0) }
        section.section("sessions") { affinity.read($0) }
        section.section("health") { health.read($0) }
    }
}
