package import GatewayCore

extension RouteExplanation {
    /// Writes the explanation's members into an object: those that a client of `/v1/explain` reads.
    package func write(into writer: inout JSONWriter) {
        writer.member("route", route)
        writer.member("strategy", strategy.name.rawValue)
        writer.member("last_resort", isLastResort)
        if let selection { writer.member("selection", JSONText(valid: selection.json)) }
        writer.objects("candidates", of: candidates) { $1.write(into: &$0) }
        writer.objects("excluded", of: excluded) { $1.write(into: &$0) }
        writer.objects("rejected", of: rejected) { writer, rejected in
            writer.member("deployment", rejected.deployment.description)
            writer.member("reason", rejected.rejection.code)
            writer.member("detail", rejected.rejection.detail)
            writer.member("input_tokens", orNull: rejected.inputTokens)
            writer.member("output_tokens", orNull: rejected.outputTokens)
            writer.member("cost_nanodollars", orNull: rejected.cost)
        }
    }
}

extension RouteExplanation.Candidate {
    fileprivate func write(into writer: inout JSONWriter) {
        writer.member("deployment", deployment.description)
        writer.member("model", model)
        writer.member("tier", tier)
        writer.member("reason", reason.rawValue)
        writer.member("input_tokens", estimate.input)
        writer.member("output_tokens", estimate.output)
        writer.member("cost_nanodollars", orNull: cost)
        writer.member("quality", rounded: quality)
        if let expected {
            writer.object("learned") { writer in
                writer.member("quality", rounded: Float(expected.quality))
                writer.member("deviation", rounded: Float(expected.deviation))
                writer.member("judgments", rounded: Float(expected.judgments))
                if let learned {
                    writer.member("worth", rounded: Float(learned.worth))
                    writer.member("chance", rounded: Float(learned.chance))
                }
            }
        }
        writer.object("health") { writer in
            writer.member("standing", condition.standing.label)
            writer.member("in_flight", condition.inFlight)
            writer.member("requests_last_minute", Int(condition.requests))
            writer.member("failures_last_minute", Int(condition.failures))
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
