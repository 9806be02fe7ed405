package import GatewayCore

/// Calls targets of which nothing is heard, without any request.
package struct HealthProber: Sendable {
    /// Whether it can find out anything of a target; of the others only a request can. It must not block.
    let canProbe: @Sendable (DeploymentID) -> Bool
    /// Calls a target to see whether it answers, within a time of its own that is shorter than the lease's.
    let probe: @Sendable (DeploymentID) async -> TargetSample

    package init(
        canProbe: @escaping @Sendable (DeploymentID) -> Bool = { _ in true },
        probe: @escaping @Sendable (DeploymentID) async -> TargetSample
    ) {
        self.canProbe = canProbe
        self.probe = probe
    }
}
