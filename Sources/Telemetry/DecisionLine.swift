import GatewayCore
import NIOCore

/// One line of the record of decisions: the choice and what came of it.
enum DecisionLine {
    /// Nil for an exchange without a recorded choice.
    static func json(of record: ExchangeRecord, at time: UnixTime) -> ByteBuffer? {
        guard let decision = record.decision else { return nil }
        var writer = JSONObjectWriter()
        writer.text("id", record.requestID.description)
        writer.integer("at", Int(time.milliseconds))
        writer.text("route", record.route)
        writer.text("tenant", record.tenant?.description)
        writer.integer("status", record.status)
        writer.array("attempts", record.attempts) { attempt, writer in
            writer.text("d", attempt.deployment.description)
            writer.text("r", attempt.result)
        }
        if let usage = record.usage {
            writer.integer("pt", usage.promptTokens)
            writer.integer("ct", usage.completionTokens)
            // Most providers' counts have no other parts.
            if usage.inputUncached != usage.promptTokens || usage.outputText != usage.completionTokens {
                writer.integers("parts", usage.parts)
            }
        }
        if let cost = record.cost { writer.integer("cost", cost) }
        if let upstream = record.timings.upstream { writer.integer("ms", Int(upstream.milliseconds.rounded())) }
        if let lesson = record.lesson { writer.json("lesson", ByteBuffer(string: lesson)) }
        writer.json("decision", ByteBuffer(string: decision))
        return writer.finished()
    }

    /// A judgment of an answer, which belongs to the line of its choice.
    static func json(ofScore score: Double, request: String, at time: UnixTime) -> ByteBuffer {
        var writer = JSONObjectWriter()
        writer.text("judged", request)
        writer.integer("at", Int(time.milliseconds))
        writer.number("score", Float(score))
        return writer.finished()
    }
}
