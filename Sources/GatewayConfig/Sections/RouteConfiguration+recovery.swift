import GatewayCore
import Routing

extension RouteConfiguration {
    /// What a route says of calls that fail.
    struct Recovery {
        var retry: RetryRule?
        var statuses: Set<Int>?
        var lists = FallbackLists()
        var budget = RetryBudgetRule()

        /// Reads `retry`, `fallback`, `fallbacks` and `retry_budget`.
        /// - Parameter targets: of the route; those that may be somebody's second may stand in lists.
        static func read(_ section: ConfigSection, targets: [TargetConfiguration]) -> Recovery {
            var recovery = Recovery()
            recovery.retry = section.optionalSection("retry", RetryRule.read)
            section.section("fallback") { recovery.statuses = FallbackRule.statuses($0) }
            let known = targets.filter(\.fallback.isCandidate).map(\.deployment.description)
            section.section("fallbacks") { section in
                recovery.lists.contextTooLong = list("context_length", among: known, section)
                recovery.lists.contentPolicy = list("content_policy", among: known, section)
            }
            section.section("retry_budget") { recovery.budget.read($0) }
            return recovery
        }

        /// Nil without the key; an empty list stands for nowhere.
        private static func list(_ key: String, among known: [String], _ section: ConfigSection) -> [DeploymentID]? {
            guard section.entry(key) != nil else { return nil }
            return section.values(key, .word("a target, as provider/model")).map { index, name in
                KnownName.check(
                    name, among: known, "a target of the route that may be a fallback, as provider/model", of: key,
                    index: index, in: section)
                return DeploymentID(name)
            }
        }
    }

    mutating func take(_ recovery: Recovery) {
        if let retry = recovery.retry { self.retry = retry }
        fallbackStatuses = recovery.statuses
        fallbacks = recovery.lists
        retryBudget = recovery.budget
    }
}
