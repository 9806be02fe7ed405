import GatewayCore
import NIOConcurrencyHelpers

/// The hedges of one route: whether there is one to spend, over all its requests. Any thread.
final class RouteHedging: Sendable {
    let rule: HedgeRule
    private let budget: NIOLockedValueBox<HedgeBudget>

    init(_ rule: HedgeRule) {
        self.rule = rule
        budget = NIOLockedValueBox(HedgeBudget(rule))
    }

    func count() { budget.withLockedValue { $0.count() } }

    func spend() -> Bool { budget.withLockedValue { $0.spend() } }
}
