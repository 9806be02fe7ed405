package import GatewayCore

/// The permission to call a target once. It must be given back with how the call ended.
package struct AttemptTicket: Sendable, Equatable {
    /// Why the call may be made.
    package enum Kind: Sendable, Equatable {
        case regular
        /// The one call that finds out whether the target is well again, under this lease.
        case probe(lease: String)
        /// The target is open, but there is no better one.
        case lastResort
    }

    package let deployment: DeploymentID
    package let kind: Kind

    init(deployment: DeploymentID, kind: Kind) {
        self.deployment = deployment
        self.kind = kind
    }
}
