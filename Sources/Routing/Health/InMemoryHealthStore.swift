package import GatewayCore
import NIOConcurrencyHelpers

/// What replicas of one process share: for tests, and as the reference for the script in Redis.
package final class InMemoryHealthStore: HealthStore {
    private let rules: HealthRules
    private let now: @Sendable () -> UnixTime
    private let targets = NIOLockedValueBox<[DeploymentID: TargetHealth]>([:])

    package init(rules: HealthRules = HealthRules(), now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }) {
        self.rules = rules
        self.now = now
    }

    package func exchange(_ reports: [HealthReport]) async throws(RoutingStoreError) -> [HealthRow] {
        merge(reports)
    }

    /// The same without waiting.
    package func merge(_ reports: [HealthReport]) -> [HealthRow] {
        let now = now().milliseconds
        return targets.withLockedValue { targets in
            reports.map { targets[$0.deployment, default: TargetHealth()].record($0, rules: rules, now: now) }
        }
    }
}
