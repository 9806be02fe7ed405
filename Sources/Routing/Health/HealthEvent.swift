package import GatewayCore

/// A change an operator should hear of.
package enum HealthEvent: Sendable, Equatable {
    /// The target failed and is left alone.
    case opened(DeploymentID)
    /// It answered again.
    case closed(DeploymentID)
    /// The provider refused its key: an alert, as this does not heal by itself.
    case keyRefused(DeploymentID)
    /// The key works again, or was replaced.
    case keyAccepted(DeploymentID)
}
