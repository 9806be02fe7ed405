package import NIOCore
import GatewayCore

extension Explanation {
    /// As a JSON object for people and programs.
    package var json: ByteBuffer {
        return JSONWriter.object { writer in
            writer.member("model", model)
            writer.member("stage", stage.rawValue)
            writer.member("wanted_tier", orNull: wantedTier)
            writer.member("tier", orNull: tier)
            writer.member("confidence", rounded: confidence)
            writer.member("reason", orNull: reason)
            writer.member("complexity", rounded: complexity)
            writer.member("task", task.rawValue)
            if let semantic {
                writer.object("semantic") { writer in
                    writer.member("route", semantic.route)
                    writer.member("cosine", rounded: semantic.cosine)
                    writer.member("margin", rounded: semantic.margin)
                }
            }
            writer.member("agent_step", rounded: agent?.value)
            writer.objects("candidates", of: candidates) { writer, candidate in
                writer.member("deployment", candidate.deployment.description)
                writer.member("tier", orNull: candidate.tier)
                if let rejection = candidate.rejection {
                    writer.member("rejected", rejection.code)
                    if !rejection.detail.isEmpty { writer.member("because", rejection.detail) }
                }
                writer.member("input_tokens", orNull: candidate.inputTokens)
                writer.member("output_tokens", orNull: candidate.outputTokens)
                writer.member("cost_nanodollars", orNull: candidate.cost)
            }
        }
    }

    /// The same with short keys and without what can be computed again, for the stream of decisions: about 40 bytes and
    /// 30 a candidate.
    package var record: ByteBuffer {
        return JSONWriter.object { writer in
            writer.member("m", model)
            writer.member("s", stage.rawValue)
            writer.member("t", orNull: tier)
            if wantedTier != tier { writer.member("w", orNull: wantedTier) }
            writer.member("p", rounded: confidence)
            writer.member("r", reason)
            writer.member("c", rounded: complexity)
            writer.member("k", task.rawValue)
            writer.member("x", rounded: semantic?.cosine)
            writer.member("a", rounded: agent?.value)
            writer.objects("d", of: candidates) { writer, candidate in
                writer.member("d", candidate.deployment.description)
                writer.member("n", candidate.rejection?.code)
                writer.member("c", candidate.cost)
            }
        }
    }
}
