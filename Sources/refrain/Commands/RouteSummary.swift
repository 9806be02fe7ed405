import GatewayCore
import Routing

/// A route as `check-config` shows it.
enum RouteSummary {
    /// The route's strategy on one line, then one line for each target.
    static func text(of route: RouteConfiguration) -> String {
        var head = "route \(route.model): \(route.rule.usual.strategy.name.rawValue)"
        if let selection = route.selection {
            let tiers = selection.tiers.joined(separator: ", ")
            head += ", chooses by \(selection.objective.rawValue) among \(tiers); default \(selection.defaultTier)"
        }
        for (priority, tier) in route.rule.tiers.sorted(by: { $0.key < $1.key }) {
            head += "; priority \(priority): \(tier.strategy.name.rawValue)"
        }
        return ([head] + route.targets.map { line(of: $0, isVirtual: route.selection != nil) }).joined(separator: "\n")
    }

    private static func line(of target: TargetConfiguration, isVirtual: Bool) -> String {
        var parts = [isVirtual ? "tier \(target.tier ?? "none")" : "priority \(target.priority)"]
        if target.weight != 1 { parts.append("weight \(target.weight)") }
        if let match = target.match {
            let labels = match.metadata.sorted { $0.key < $1.key }
            parts += labels.map { "\($0.key) is \($0.value.sorted().joined(separator: " or "))" }
        }
        parts += limits(target.limits)
        return "  \(target.deployment): \(parts.joined(separator: ", "))"
    }

    private static func limits(_ limits: Limits) -> [String] {
        let all: [(String, Int?)] = [
            ("rpm", limits.requests), ("tpm", limits.totalTokens), ("input_tpm", limits.inputTokens),
            ("output_tpm", limits.outputTokens), ("rpd", limits.requestsPerDay), ("tpd", limits.tokensPerDay),
            ("concurrency", limits.concurrency),
        ]
        return all.compactMap { name, limit in limit.map { "\(name) \($0)" } }
    }
}
