package import GatewayCore

/// Where what was learned of hits holds: one namespace of a tenant's, on one configured route. The encoder is the
/// process's.
package struct DecisionSpace: Sendable, Hashable {
    package let owner: PartitionOwner
    /// The configured route, not the name a client asked for: of those there may be any number.
    package let route: String

    package init(owner: PartitionOwner, route: String) {
        self.owner = owner
        self.route = route
    }

    /// Of a request with these labels.
    package init(_ labels: CacheLabels, route: String) { self.init(owner: PartitionOwner(labels), route: route) }
}
