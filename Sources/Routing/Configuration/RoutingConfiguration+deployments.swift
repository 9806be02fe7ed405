package import GatewayCore

extension RoutingConfiguration {
    /// Every deployment of its routes with what a call needs that asks no model.
    package var deployments: [DeploymentID: Target] {
        let named = Dictionary(providers.map { ($0.name, $0) }) { first, _ in first }
        var targets: [DeploymentID: Target] = [:]
        for target in routes.flatMap(\.targets) {
            if let provider = named[target.provider] { targets[target.deployment] = Target(target, at: provider) }
        }
        return targets
    }
}
