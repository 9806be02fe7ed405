package import NIOCore
import GatewayCore

extension RouteAttempts {
    /// The choice as one JSON object, for the record of decisions: what was asked for, what is needed to choose again,
    /// why a tier was taken, the targets that may be called with how they are if they are not well, and those that may
    /// not take it with the reason. To be asked for before the first ``next()``.
    package var record: ByteBuffer {
        let conditions = desk.health.outlook(of: candidates.map(\.target.deployment), now: .now)
        return JSONWriter.object { writer in
            writer.member("model", model)
            if let traits { writer.object("traits") { traits.write(into: &$0) } }
            if let explanation { writer.member("why", JSONText(valid: explanation.record)) }
            writer.objects("candidates", of: Array(zip(candidates, conditions))) { writer, place in
                let (candidate, condition) = place
                writer.member("d", candidate.target.deployment.description)
                writer.member("i", candidate.estimate.input)
                writer.member("o", candidate.estimate.output)
                writer.member("c", candidate.cost)
                if condition.standing != .ready { writer.member("h", condition.standing.label) }
            }
            // Where tiers are chosen from, what chose them says so.
            if !rejected.isEmpty {
                writer.objects("rejected", of: rejected) { writer, rejected in
                    writer.member("d", rejected.candidate.target.deployment.description)
                    writer.member("n", rejected.rejection.code)
                }
            }
        }
    }
}
