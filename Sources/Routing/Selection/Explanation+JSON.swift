package import NIOCore
import GatewayCore

extension Explanation {
    /// As a JSON object for people and programs: the answer of a dry run.
    package var json: ByteBuffer {
        var writer = ObjectWriter()
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
        var writer = ObjectWriter()
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

/// Writes one JSON object, member by member.
private struct ObjectWriter {
    private var buffer: ByteBuffer
    private var isEmpty = true

    init(into buffer: ByteBuffer = ByteBuffer()) {
        self.buffer = buffer
        self.buffer.writeStaticString("{")
    }

    private mutating func key(_ name: String) {
        if !isEmpty { buffer.writeStaticString(",") }
        isEmpty = false
        buffer.writeJSONString(name)
        buffer.writeStaticString(":")
    }

    mutating func text(_ name: String, _ value: String?) {
        key(name)
        if let value { buffer.writeJSONString(value) } else { buffer.writeStaticString("null") }
    }

    mutating func integer(_ name: String, _ value: Int?) {
        key(name)
        buffer.writeString(value.map { String($0) } ?? "null")
    }

    /// Four digits behind the point; numbers that JSON does not have become null.
    mutating func number(_ name: String, _ value: Float) {
        key(name)
        guard value.isFinite, abs(value) < 1e9 else {
            buffer.writeStaticString("null")
            return
        }
        let scaled = Int((Double(value) * 10_000).rounded())
        let digits = String(abs(scaled) % 10_000)
        buffer.writeString(scaled < 0 ? "-" : "")
        buffer.writeString("\(abs(scaled) / 10_000).\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)")
    }

    mutating func object(_ name: String, _ write: (inout ObjectWriter) -> Void) {
        key(name)
        var inner = ObjectWriter(into: buffer)
        write(&inner)
        buffer = inner.finished()
    }

    mutating func array<Element>(
        _ name: String, _ elements: [Element], _ write: (Element, inout ObjectWriter) -> Void
    ) {
        key(name)
        buffer.writeStaticString("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { buffer.writeStaticString(",") }
            var inner = ObjectWriter(into: buffer)
            write(element, &inner)
            buffer = inner.finished()
        }
        buffer.writeStaticString("]")
    }

    func finished() -> ByteBuffer {
        var whole = buffer
        whole.writeStaticString("}")
        return whole
    }
}
