import GatewayCore

/// Which standard a request's hits must meet: the route's own, else the cache's; a namespace may tighten it, and so may
/// the request.
package struct HitStandards: Sendable, Equatable {
    /// For all that have none of their own.
    package var usual: HitStandard = .budget(0.01)
    /// Budgets of namespaces, by the names that callers give them.
    package var namespaces: [String: Double] = [:]

    package init() {}

    package init(_ usual: HitStandard) { self.usual = usual }

    /// The cosine that is usually asked for; nil where a budget is.
    package var threshold: Float? { if case .threshold(let threshold) = usual { threshold } else { nil } }

    /// How alike questions must be that share a call which is under way: it has no answer yet that a budget could
    /// decide about. Where one does, it is the best cut of the hardest domain measured, nlupp.
    package var thresholdOfFlights: Float { threshold ?? 0.98 }

    /// - Parameter asked: the budget that the request asks for.
    func standard(of plan: RoutePlan, namespace: String, asked: Double?) -> HitStandard {
        var standard = usual
        if let threshold = plan.threshold { standard = .threshold(threshold) }
        if let budget = plan.maxWrongHits { standard = .budget(budget) }
        return tightened(standard, namespace: namespace, asked: asked)
    }

    /// The same where a route has no say.
    func standard(namespace: String, asked: Double?) -> HitStandard {
        tightened(usual, namespace: namespace, asked: asked)
    }

    /// Whether a standard asks for more than what is usual, as far as the two can be compared.
    func isTighter(_ standard: HitStandard) -> Bool {
        switch (usual, standard) {
        case (_, .equalOnly): true
        case (.budget(let usual), .budget(let own)): own < usual
        case (.threshold(let usual), .threshold(let own)): own > usual
        case (.equalOnly, _), (.budget, .threshold), (.threshold, .budget): false
        }
    }

    private func tightened(_ standard: HitStandard, namespace: String, asked: Double?) -> HitStandard {
        var tighter = namespaces[namespace]
        if let asked { tighter = min(tighter ?? asked, asked) }
        guard let tighter else { return standard }
        return switch standard {
        case .budget(let budget): .budget(min(budget, tighter))
        // A cosine promises nothing that could be held against a budget.
        case .threshold, .equalOnly: .equalOnly
        }
    }
}
