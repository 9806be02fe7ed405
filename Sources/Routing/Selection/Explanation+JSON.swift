package import NIOCore
import GatewayCore

extension Explanation {
    /// As a JSON object for people and programs.
    package var json: ByteBuffer {
        var writer = JSONObjectWriter()
        writer.text("model", model)
        writer.text("stage", stage.rawValue)
        writer.text("wanted_tier", wantedTier)
        writer.text("tier", tier)
        writer.number("confidence", confidence)
        writer.text("reason", reason)
        writer.number("complexity", complexity)
        writer.text("task", task.rawValue)
        if let semantic {
            writer.object("semantic") { writer in
                writer.text("route", semantic.route)
                writer.number("cosine", semantic.cosine)
                writer.number("margin", semantic.margin)
            }
        }
        if let agent { writer.number("agent_step", agent.value) }
        writer.array("candidates", candidates) { candidate, writer in
            writer.text("deployment", candidate.deployment.description)
            writer.text("tier", candidate.tier)
            if let rejection = candidate.rejection {
                writer.text("rejected", rejection.code)
                if !rejection.detail.isEmpty { writer.text("because", rejection.detail) }
            }
            writer.integer("input_tokens", candidate.inputTokens)
            writer.integer("output_tokens", candidate.outputTokens)
            writer.integer("cost_nanodollars", candidate.cost)
        }
        return writer.finished()
    }

    /// The same with short keys and without what can be computed again, for the stream of decisions: about 40 bytes and
    /// 30 a candidate.
    package var record: ByteBuffer {
        var writer = JSONObjectWriter()
        writer.text("m", model)
        writer.text("s", stage.rawValue)
        writer.text("t", tier)
        if wantedTier != tier { writer.text("w", wantedTier) }
        writer.number("p", confidence)
        if let reason { writer.text("r", reason) }
        writer.number("c", complexity)
        writer.text("k", task.rawValue)
        if let semantic { writer.number("x", semantic.cosine) }
        if let agent { writer.number("a", agent.value) }
        writer.array("d", candidates) { candidate, writer in
            writer.text("d", candidate.deployment.description)
            if let rejection = candidate.rejection { writer.text("n", rejection.code) }
            if let cost = candidate.cost { writer.integer("c", cost) }
        }
        return writer.finished()
    }
}
