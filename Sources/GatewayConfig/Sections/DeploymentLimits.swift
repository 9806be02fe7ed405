import GatewayCore
import Routing

/// The limits of deployments. One that stands in several routes has one count in Redis, so it has the same limits in
/// all of them: they are said once, or each time the same.
struct DeploymentLimits {
    private var known: [DeploymentID: (limits: Limits, line: Int)] = [:]

    /// Takes the limits said of a deployment; others than those said before become an issue.
    mutating func take(_ limits: Limits, of deployment: DeploymentID, in section: ConfigSection) {
        guard let earlier = known[deployment] else {
            known[deployment] = (limits, section.position(of: "limits").line)
            return
        }
        guard earlier.limits != limits else { return }
        section.refuse(
            "limits",
            "expected the limits of \(deployment) to be the same wherever it stands, found others than line "
                + "\(earlier.line) has; they may be left out but once")
    }

    /// Gives the limits to targets that did not say them.
    func complete(_ targets: inout [TargetConfiguration]) {
        for index in targets.indices {
            if let known = known[targets[index].deployment] { targets[index].limits = known.limits }
        }
    }
}
