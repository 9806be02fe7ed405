package import GatewayCore
import NIOConcurrencyHelpers

/// Decides where a request goes: the targets of its route in their order, those that just failed last.
package final class Router: Sendable {
    private struct Route: Sendable {
        let name: String
        let targets: [Target]
        /// Targets whose model is the name the client used.
        let passesModelName: [Bool]
        let threshold: Float?
    }

    private let routes: [String: Route]
    private let cooldowns: NIOLockedValueBox<TargetCooldowns>

    /// - Precondition: every target names a configured provider; the configuration's check guarantees it.
    package init(configuration: RoutingConfiguration) {
        let providers = Dictionary(configuration.providers.map { ($0.name, $0) }) { first, _ in first }
        var routes: [String: Route] = [:]
        for route in configuration.routes {
            let targets = route.targets.compactMap { target in
                providers[target.provider].map { Self.target(target, at: $0) }
            }
            precondition(targets.count == route.targets.count, "a target names a provider that is not configured")
            routes[route.model] = Route(
                name: route.model, targets: targets, passesModelName: route.targets.map { $0.model == nil },
                threshold: route.threshold)
        }
        self.routes = routes
        self.cooldowns = NIOLockedValueBox(
            TargetCooldowns(failureLimit: configuration.failuresBeforeCooldown, cooldown: configuration.cooldown))
    }

    private static func target(_ target: TargetConfiguration, at provider: ProviderConfiguration) -> Target {
        let name = target.model.map { "\(provider.name)/\($0)" } ?? provider.name
        return Target(
            deployment: DeploymentID(name), baseURL: provider.baseURL, key: provider.key, model: target.model ?? "",
            deadlines: provider.deadlines)
    }

    /// The targets for a model name.
    /// - Throws: `modelNotFound` when no route takes the name.
    package func plan(model: String, now: ContinuousClock.Instant) throws(GatewayError) -> RoutePlan {
        guard let route = route(for: model) else {
            throw GatewayError(.modelNotFound, "no route is configured for the model '\(model)'", parameter: "model")
        }
        var targets = route.targets
        for (index, passesName) in route.passesModelName.enumerated() where passesName {
            let target = targets[index]
            targets[index] = Target(
                deployment: target.deployment, baseURL: target.baseURL, key: target.key, model: model,
                deadlines: target.deadlines)
        }
        let cooling = cooldowns.withLockedValue { $0.cooling(at: now) }
        if cooling.isEmpty { return RoutePlan(route: route.name, targets: targets, threshold: route.threshold) }
        // A target that cools is still better than none, so it is tried last and not left out.
        let ready = targets.filter { !cooling.contains($0.deployment) }
        let others = targets.filter { cooling.contains($0.deployment) }
        return RoutePlan(route: route.name, targets: ready + others, threshold: route.threshold)
    }

    /// The names clients may ask for, sorted; the wildcard is no name.
    package var models: [String] { routes.keys.filter { $0 != RouteConfiguration.wildcard }.sorted() }

    /// Tells how a call ended, for the order of later plans.
    package func report(_ outcome: TargetOutcome, of deployment: DeploymentID, now: ContinuousClock.Instant) {
        cooldowns.withLockedValue { $0.record(outcome, of: deployment, now: now) }
    }

    private func route(for model: String) -> Route? { routes[model] ?? routes[RouteConfiguration.wildcard] }
}
