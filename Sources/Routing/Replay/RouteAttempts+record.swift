package import NIOCore
import GatewayCore

extension RouteAttempts {
    /// The choice as one JSON object, for the record of decisions: what was asked for, what is needed to choose again,
    /// why a tier was taken, and the targets that may be called. To be asked for before the first ``next()``.
    package var record: ByteBuffer {
        return JSONWriter.object { writer in
            writer.member("model", model)
            if let traits { writer.object("traits") { traits.write(into: &$0) } }
            if let explanation { writer.member("why", JSONText(valid: explanation.record)) }
            writer.objects("candidates", of: candidates) { writer, candidate in
                writer.member("d", candidate.target.deployment.description)
                writer.member("i", candidate.estimate.input)
                writer.member("o", candidate.estimate.output)
                writer.member("c", candidate.cost)
            }
        }
    }
}
