import GatewayCore
import NIOConcurrencyHelpers

/// What a route does about failures, and how much of it over all its requests. Any thread.
final class RouteRecovery: Sendable {
    let lists: FallbackLists
    private let budget: NIOLockedValueBox<RetryBudget>

    init(_ rule: RetryBudgetRule, lists: FallbackLists, now: ContinuousClock.Instant) {
        self.lists = lists
        budget = NIOLockedValueBox(RetryBudget(rule, start: now))
    }

    func count(now: ContinuousClock.Instant) { budget.withLockedValue { $0.count(now: now) } }

    func spend(now: ContinuousClock.Instant) -> Bool { budget.withLockedValue { $0.spend(now: now) } }
}
