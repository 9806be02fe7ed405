internal import GatewayCore
internal import NIOCore

/// Builds the chunks of a replayed answer. Each has the same id, time and model.
struct ReplayRenderer {
    private(set) var frames: [ByteBuffer] = []
    private let root: JSONElement
    private let includesUsage: Bool
    private let piece: Int?
    /// What each chunk begins with, up to `choices`.
    private var envelope = ByteBuffer()
    /// What only the first chunk has: members a vendor added.
    private var extras = ByteBuffer()
    /// The logarithms of a choice, until a chunk has taken them.
    private var logprobs: JSONElement?

    init(_ root: JSONElement, includesUsage: Bool, piece: Int?) {
        self.root = root
        self.includesUsage = includesUsage
        self.piece = piece
        envelope.writeStaticString(#"data: {"object":"chat.completion.chunk""#)
        for member in root.members {
            switch member.name {
            case "object", "choices", "usage", "obfuscation": continue
            case "id", "created", "model", "service_tier", "system_fingerprint": Self.write(member, to: &envelope)
            default: Self.write(member, to: &extras)
            }
        }
    }

    /// Adds the chunks of one choice: its role, its texts in pieces, its tool calls, and why it ended.
    mutating func append(_ choice: JSONElement, message: JSONElement, index: Int) {
        let index = choice["index"]?.integer ?? index
        logprobs = choice["logprobs"]
        appendRole(of: message, index: index)
        for name in Self.texts {
            if let text = message[name]?.string { appendText(text, name, index: index) }
        }
        if let calls = message["tool_calls"] { appendCalls(calls, index: index) }
        appendFinish(of: choice, index: index)
    }

    /// Adds the chunk with the usage, when the client asked and the answer has one.
    mutating func appendUsage() {
        guard includesUsage, let usage = root["usage"], !usage.isNull else { return }
        var frame = envelope
        frame.writeStaticString(#","choices":[],"usage":"#)
        frame.writeFlattened(usage.rawText)
        frame.writeStaticString("}\n\n")
        frames.append(frame)
    }

    /// The members that clients show as they grow; all others come whole with the role.
    private static let texts = ["reasoning_content", "content", "refusal"]

    private mutating func appendRole(of message: JSONElement, index: Int) {
        var delta = ByteBuffer(staticString: #""role":"#)
        delta.writeFlattened(message["role"]?.rawText ?? ByteBuffer(staticString: #""assistant""#))
        for member in message.members where !member.hasName("role") {
            if member.hasName("tool_calls"), member.value.hasElements { continue }
            if Self.texts.contains(member.name), member.value.kind == .string {
                delta.writeString(",\"\(member.name)\":\"\"")
            } else {
                Self.write(member, to: &delta)
            }
        }
        appendFrame(delta, index: index, isRole: true)
    }

    private mutating func appendText(_ text: String, _ name: String, index: Int) {
        for part in ReplayPieces(text, size: piece) {
            var delta = ByteBuffer()
            delta.writeString("\"\(name)\":")
            delta.writeJSONString(String(part))
            appendFrame(delta, index: index)
        }
    }

    private mutating func appendCalls(_ calls: JSONElement, index: Int) {
        for (place, call) in calls.elements.enumerated() {
            var delta = ByteBuffer()
            delta.writeString("\"tool_calls\":[{\"index\":\(place)")
            for member in call.members where !member.hasName("index") { Self.write(member, to: &delta) }
            delta.writeStaticString("}]")
            appendFrame(delta, index: index)
        }
    }

    private mutating func appendFinish(of choice: JSONElement, index: Int) {
        var behind = ByteBuffer()
        for member in choice.members {
            switch member.name {
            case "index", "message", "delta", "logprobs", "finish_reason": continue
            default: Self.write(member, to: &behind)
            }
        }
        appendFrame(ByteBuffer(), index: index, finishReason: choice["finish_reason"], behind: behind)
    }

    private mutating func appendFrame(
        _ delta: ByteBuffer, index: Int, isRole: Bool = false, finishReason: JSONElement? = nil,
        behind: ByteBuffer = ByteBuffer()
    ) {
        var frame = ByteBufferAllocator().buffer(capacity: envelope.readableBytes + delta.readableBytes + 160)
        frame.writeImmutableBuffer(envelope)
        frame.writeImmutableBuffer(extras)
        extras = ByteBuffer()
        frame.writeString(",\"choices\":[{\"index\":\(index),\"delta\":{")
        frame.writeImmutableBuffer(delta)
        frame.writeStaticString(#"},"logprobs":"#)
        if !isRole, let logprobs {
            frame.writeFlattened(logprobs.rawText)
            self.logprobs = nil
        } else {
            frame.writeStaticString("null")
        }
        frame.writeStaticString(#","finish_reason":"#)
        frame.writeFlattened(finishReason?.rawText ?? ByteBuffer(staticString: "null"))
        frame.writeImmutableBuffer(behind)
        frame.writeStaticString("}]")
        if includesUsage { frame.writeStaticString(#","usage":null"#) }
        frame.writeStaticString("}\n\n")
        frames.append(frame)
    }

    /// Writes a comma and the member.
    private static func write(_ member: JSONMember, to output: inout ByteBuffer) {
        output.writeStaticString(",")
        output.writeFlattened(member.key.rawText)
        output.writeStaticString(":")
        output.writeFlattened(member.value.rawText)
    }
}
