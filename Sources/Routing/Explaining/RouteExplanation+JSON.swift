package import GatewayCore

extension RouteExplanation {
    /// Writes the explanation's members into an object: those that a client of `/v1/explain` reads.
    package func write(into writer: inout JSONObjectWriter) {
        writer.text("route", route)
        writer.text("strategy", strategy.name.rawValue)
        writer.flag("last_resort", isLastResort)
        if let selection { writer.json("selection", selection.json) }
        writer.array("candidates", candidates) { $0.write(into: &$1) }
        writer.array("excluded", excluded) { $0.write(into: &$1) }
        writer.array("rejected", rejected) { rejected, writer in
            writer.text("deployment", rejected.deployment.description)
            writer.text("reason", rejected.rejection.code)
            writer.text("detail", rejected.rejection.detail)
            writer.integer("input_tokens", rejected.inputTokens)
            writer.integer("output_tokens", rejected.outputTokens)
            writer.integer("cost_nanodollars", rejected.cost)
        }
    }
}

extension RouteExplanation.Candidate {
    fileprivate func write(into writer: inout JSONObjectWriter) {
        writer.text("deployment", deployment.description)
        writer.text("model", model)
        writer.integer("tier", tier)
        writer.text("reason", reason.rawValue)
        writer.integer("input_tokens", estimate.input)
        writer.integer("output_tokens", estimate.output)
        writer.integer("cost_nanodollars", cost)
        if let quality { writer.number("quality", quality) }
        if let expected {
            writer.object("learned") { writer in
                writer.number("quality", Float(expected.quality))
                writer.number("deviation", Float(expected.deviation))
                writer.number("judgments", Float(expected.judgments))
                if let learned {
                    writer.number("worth", Float(learned.worth))
                    writer.number("chance", Float(learned.chance))
                }
            }
        }
        writer.object("health") { writer in
            writer.text("standing", condition.standing.label)
            writer.integer("in_flight", condition.inFlight)
            writer.integer("requests_last_minute", Int(condition.requests))
            writer.integer("failures_last_minute", Int(condition.failures))
        }
    }
}

extension TargetStanding {
    /// For people and programs.
    package var label: String {
        switch self {
        case .ready: "ready"
        case .probation: "probation"
        case .limited: "limited"
        case .open: "open"
        case .disabled: "key_refused"
        }
    }
}
