package import NIOCore
import GatewayCore

extension RouteAttempts {
    /// The choice as one JSON object, for the record of decisions: what was asked for, what is needed to choose again,
    /// why a tier was taken, and the targets that may be called. To be asked for before the first ``next()``.
    package var record: ByteBuffer {
        var writer = JSONObjectWriter()
        writer.text("model", model)
        if let traits { writer.object("traits") { traits.write(into: &$0) } }
        if let explanation { writer.json("why", explanation.record) }
        writer.array("candidates", candidates) { candidate, writer in
            writer.text("d", candidate.target.deployment.description)
            writer.integer("i", candidate.estimate.input)
            writer.integer("o", candidate.estimate.output)
            if let cost = candidate.cost { writer.integer("c", cost) }
        }
        return writer.finished()
    }
}
