import NIOCore

/// The frames of a streamed chat completion, written one by one as they are sent.
///
/// Role, tokens of the text or of each call (first its id and name, then its arguments), finish reason, usage if asked
/// for, `[DONE]`.
struct MockChatFrames: Sendable {
    static let malformed = ByteBuffer(staticString: "data: {\"id\":\"chatcmpl-broken\",\"choices\":[{\n\n")

    private let turn: MockTurn
    private let includesUsage: Bool
    private let prefix: ByteBuffer
    /// Which call a frame behind the role belongs to, and which of its fragments it carries: the name if nil.
    private let callFrames: [(call: Int, fragment: Int?)]

    init(_ turn: MockTurn, includesUsage: Bool) {
        self.turn = turn
        self.includesUsage = includesUsage
        var prefix = ByteBuffer()
        prefix.reserveCapacity(192)
        prefix.writeStaticString("data: {\"id\":\"chatcmpl-")
        prefix.writeString(turn.id)
        prefix.writeStaticString("\",\"object\":\"chat.completion.chunk\",\"created\":")
        prefix.writeString(String(turn.created))
        prefix.writeStaticString(",\"model\":")
        prefix.writeJSON(turn.model)
        prefix.writeStaticString(",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_mock\",\"choices\":[")
        self.prefix = prefix
        // The first call's name comes with the role.
        callFrames = turn.calls.isEmpty ? [] : turn.calls.enumerated().flatMap { index, call in
            (index == 0 ? [] : [(index, nil)]) + call.fragments.indices.map { (index, $0) }
        }
    }

    /// Frames of role and content.
    var contentCount: Int {
        1 + (turn.calls.isEmpty ? turn.tokens.count : callFrames.count)
    }

    var count: Int {
        contentCount + (includesUsage ? 3 : 2)
    }

    /// Bytes that most frames need.
    var capacity: Int {
        prefix.readableBytes + 160
    }

    static func error(inFrame number: Int) -> ByteBuffer {
        let error = MockProviderError(.injected, "The mock was told to fail in frame \(number).", status: 500)
        var buffer = ByteBuffer(staticString: "data: ")
        buffer.writeImmutableBuffer(error.openAIBody)
        buffer.writeStaticString("\n\n")
        return buffer
    }

    /// Writes one frame, counted from 1, with its empty line.
    func write(_ number: Int, into buffer: inout ByteBuffer) {
        if number == 1 {
            writeDelta(into: &buffer) { writeOpening(into: &$0) }
        } else if number <= contentCount {
            writeDelta(into: &buffer) { writeContent(number - 2, into: &$0) }
        } else if number == contentCount + 1 {
            writeDelta(into: &buffer, finishReason: turn.chatFinishReason) { _ in }
        } else if number == count {
            buffer.writeStaticString("data: [DONE]")
        } else {
            buffer.writeImmutableBuffer(prefix)
            buffer.writeStaticString("],\"usage\":")
            turn.usage.writeChat(into: &buffer)
            buffer.writeStaticString("}")
        }
        buffer.writeStaticString("\n\n")
    }

    private func writeOpening(into buffer: inout ByteBuffer) {
        if turn.calls.isEmpty {
            buffer.writeStaticString(
                turn.isRefusal
                    ? "\"role\":\"assistant\",\"content\":null,\"refusal\":\"\""
                    : "\"role\":\"assistant\",\"content\":\"\",\"refusal\":null")
        } else {
            buffer.writeStaticString("\"role\":\"assistant\",\"content\":null,")
            writeName(ofCall: 0, into: &buffer)
            buffer.writeStaticString(",\"refusal\":null")
        }
    }

    private func writeName(ofCall index: Int, into buffer: inout ByteBuffer) {
        buffer.writeString("\"tool_calls\":[{\"index\":\(index),")
        turn.calls[index].writeChatMembers(into: &buffer, arguments: "")
        buffer.writeStaticString("}]")
    }

    private func writeContent(_ index: Int, into buffer: inout ByteBuffer) {
        guard !turn.calls.isEmpty else {
            buffer.writeStaticString(turn.isRefusal ? "\"refusal\":" : "\"content\":")
            return buffer.writeJSON(turn.tokens[index])
        }
        let (call, fragment) = callFrames[index]
        guard let fragment else { return writeName(ofCall: call, into: &buffer) }
        buffer.writeString("\"tool_calls\":[{\"index\":\(call),\"function\":{\"arguments\":")
        buffer.writeJSON(turn.calls[call].fragments[fragment])
        buffer.writeStaticString("}}]")
    }

    private func writeDelta(
        into buffer: inout ByteBuffer, finishReason: String? = nil, _ writeMembers: (inout ByteBuffer) -> Void
    ) {
        buffer.writeImmutableBuffer(prefix)
        buffer.writeStaticString("{\"index\":0,\"delta\":{")
        writeMembers(&buffer)
        buffer.writeStaticString("},\"logprobs\":null,\"finish_reason\":")
        if let finishReason { buffer.writeJSON(finishReason) } else { buffer.writeStaticString("null") }
        buffer.writeStaticString("}]")
        if includesUsage { buffer.writeStaticString(",\"usage\":null") }
        buffer.writeStaticString("}")
    }
}
