package import GatewayCore

/// A tenant, as far as it judges one target. What it says of targets that few are asked of would else outweigh all
/// others, though it is little of the whole.
package struct LearningTeacher: Sendable, Hashable {
    package let tenant: TenantID
    package let deployment: DeploymentID

    package init(_ tenant: TenantID, of deployment: DeploymentID) {
        self.tenant = tenant
        self.deployment = deployment
    }
}
