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
            switch member.name {
            case "index", "delta": continue
            case "logprobs": others.join(member)
            case let name: others.keepLast(name, member.value)
            }
        }
        guard let delta = choice.delta else { return true }
        for member in delta.members {
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

    func write(to output: inout ByteBuffer) {
        output.writeString("{\"index\":\(index),\"message\":{")
        if message["role"] == nil {
            output.writeStaticString(#""role":"assistant""#)
            if !message.isEmpty { output.writeStaticString(",") }
        }
        message.writeMembers(to: &output)
        if let calls {
            output.writeStaticString(#","tool_calls":"#)
            calls.write(to: &output)
        }
        output.writeStaticString("}")
        if !others.isEmpty { output.writeStaticString(",") }
        others.writeMembers(to: &output)
        if others["finish_reason"] == nil { output.writeStaticString(#","finish_reason":null"#) }
        output.writeStaticString("}")
    }
}
