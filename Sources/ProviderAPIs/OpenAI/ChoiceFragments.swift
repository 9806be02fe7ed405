internal import GatewayCore
internal import NIOCore

/// One choice of an answer, put together from its deltas.
struct ChoiceFragments: Sendable {
    let index: Int
    private var message = FragmentedObject()
    private var calls: ToolCallFragments?
    /// `finish_reason`, `logprobs` and what a vendor adds.
    private var others = FragmentedObject()

    init(index: Int) {
        self.index = index
    }

    var byteCount: Int { 32 + message.byteCount + others.byteCount + (calls?.byteCount ?? 0) }

    /// Adds a chunk's part. Returns false when it is too much to keep.
    mutating func merge(_ choice: StreamChoice) -> Bool {
        if let logprobs = choice.logprobs { others.join("logprobs", logprobs) }
        if let reason = choice.finishReason { others.keepLast("finish_reason", reason) }
        for (name, value) in choice.others { others.keepLast(name, value) }
        guard let delta = choice.delta else { return true }
        for member in delta.members {
            let name = member.name
            if name == "role", !member.value.isMeaningful { continue }
            guard name == "tool_calls", member.value.kind == .array else {
                message.join(name, member.value)
                continue
            }
            // Taken out while it grows, so that its bytes have one owner.
            var merged = calls ?? ToolCallFragments()
            calls = nil
            guard merged.merge(member.value) else { return false }
            calls = merged
        }
        return true
    }

    /// Adds to the content, which must be text already.
    mutating func append(text: ByteBuffer) {
        message.append(text, to: "content")
    }

    /// Writes the choice with all that OpenAI's own always have.
    func write(to output: inout ByteBuffer) {
        var message = message
        if let calls { message.set("tool_calls", .list(calls.text)) }
        if message["content"] == nil { message.set("content", .null) }
        if message["role"] == nil { message.set("role", .string(ByteBuffer(staticString: "assistant"))) }
        var others = others
        if others["finish_reason"] == nil { others.set("finish_reason", .null) }
        output.writeString("{\"index\":\(index),\"message\":{")
        message.writeMembers(to: &output)
        output.writeStaticString("},")
        others.writeMembers(to: &output)
        output.writeStaticString("}")
    }
}
