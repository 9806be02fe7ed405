package import GatewayCore

/// Where a route's requests go that a target cannot take as they are, best first.
package struct FallbackLists: Sendable, Equatable {
    /// For what does not fit into a target's window; nil: to all targets that are known to hold more.
    package var contextTooLong: [DeploymentID]?
    /// For what a target's moderation refuses; nil: nowhere.
    package var contentPolicy: [DeploymentID]?

    package init() {}
}
