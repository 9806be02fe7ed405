import GatewayCore
import NIOCore

/// One line of the record of decisions: the choice and what came of it.
enum DecisionLine {
    /// Nil for an exchange without a recorded choice.
    static func json(of record: ExchangeRecord, at time: UnixTime) -> ByteBuffer? {
        guard let decision = record.decision else { return nil }
        return JSONWriter.object { writer in
            writer.member("id", record.requestID.description)
            writer.member("at", Int(time.milliseconds))
            writer.member("route", orNull: record.route)
            writer.member("tenant", orNull: record.tenant?.description)
            writer.member("status", record.status)
            writer.objects("attempts", of: record.attempts) { writer, attempt in
                writer.member("d", attempt.deployment.description)
                writer.member("r", attempt.result)
                writer.member("y", attempt.reason)
            }
            let denied = record.picks.count { $0 == .denied }
            if denied > 0 { writer.member("denied", denied) }
            if let usage = record.usage {
                writer.member("pt", usage.promptTokens)
                writer.member("ct", usage.completionTokens)
                // Most providers' counts have no other parts.
                if usage.inputUncached != usage.promptTokens || usage.outputText != usage.completionTokens {
                    writer.member("parts", usage.parts)
                }
            }
            writer.member("cost", record.cost)
            if let upstream = record.timings.upstream { writer.member("ms", Int(upstream.milliseconds.rounded())) }
            if let lesson = record.lesson { writer.member("lesson", JSONText(valid: ByteBuffer(string: lesson))) }
            writer.member("decision", JSONText(valid: ByteBuffer(string: decision)))
        }
    }

    /// A judgment of an answer, which belongs to the line of its choice.
    static func json(ofScore score: Double, request: String, at time: UnixTime) -> ByteBuffer {
        return JSONWriter.object { writer in
            writer.member("judged", request)
            writer.member("at", Int(time.milliseconds))
            writer.member("score", rounded: Float(score))
        }
    }
}
