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
        for member in choice.element.members {
            if member.hasName("index") || member.hasName("delta") { continue }
            // Some vendors send an empty reason until there is one.
            if member.hasName("finish_reason"), !choice.isFinish { continue }
            member.hasName("logprobs") ? others.join(member) : others.keepLast(member)
        }
        guard let delta = choice.delta else { return true }
        for member in delta.members {
            if member.hasName("role"), !member.value.isMeaningful { continue }
            guard member.hasName("tool_calls"), member.value.kind == .array else {
                message.join(member)
                continue
            }
            var merged = calls ?? ToolCallFragments()
            calls = nil
            guard merged.merge(member.value) else { return false }
            calls = merged
        }
        return true
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
