extension RoutingStrategy {
    /// What operators call the strategies.
    package enum Name: String, Sendable, CaseIterable {
        case priority, weighted, latency
        case leastBusy = "least_busy"
        case headroom, cheapest, split
    }

    package var name: Name {
        switch self {
        case .priority: .priority
        case .weighted: .weighted
        case .latency: .latency
        case .leastBusy: .leastBusy
        case .usageHeadroom: .headroom
        case .cheapest: .cheapest
        case .split: .split
        }
    }
}
