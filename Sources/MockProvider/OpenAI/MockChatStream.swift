import NIOCore

/// The frames of one streamed answer, handed out one by one with the faults the behavior asks for.
struct MockChatStream: Sendable {
    /// What the connection does next.
    enum Step: Sendable, Equatable {
        /// Write and flush; the bytes carry their chunk framing.
        case frame(ByteBuffer)
        /// Write; what follows flushes.
        case lastFrame(ByteBuffer)
        /// Write these bytes, flush: the answer is whole.
        case end(ByteBuffer)
        /// Close the socket.
        case cut
        /// Send nothing more.
        case stall
    }

    /// Time before each token.
    let pace: TimeAmount

    private let completion: MockCompletion
    private let includesUsage: Bool
    private let isChunked: Bool
    private let faults: MockBehavior
    private let prefix: ByteBuffer
    /// Frames handed out.
    private var sent = 0
    private var hasFailed = false

    /// - Parameter isChunked: whether the bytes carry HTTP/1.1 chunk framing.
    init(_ completion: MockCompletion, includesUsage: Bool, isChunked: Bool, behavior: MockBehavior) {
        self.completion = completion
        self.includesUsage = includesUsage
        self.isChunked = isChunked
        faults = behavior
        pace = TimeAmount(behavior.tokenPace)
        var prefix = ByteBuffer()
        prefix.reserveCapacity(192)
        prefix.writeStaticString("data: {\"id\":\"")
        prefix.writeString(completion.id)
        prefix.writeStaticString("\",\"object\":\"chat.completion.chunk\",\"created\":")
        prefix.writeString(String(completion.created))
        prefix.writeStaticString(",\"model\":")
        prefix.writeJSON(completion.model)
        prefix.writeStaticString(",\"system_fingerprint\":\"fp_mock\",\"choices\":[")
        self.prefix = prefix
    }

    /// Whether the next frame carries a token, and so comes `pace` after the one before.
    var nextIsToken: Bool {
        !hasFailed && sent >= 1 && sent <= completion.tokens.count
    }

    /// Role, tokens, finish reason, usage if asked for, `[DONE]`.
    private var frameCount: Int {
        completion.tokens.count + (includesUsage ? 4 : 3)
    }

    /// The next thing to do. Cut and stall come before the frame that would exceed their number; an error frame goes
    /// before a malformed one. Not to be called after `end`, `cut` or `stall`.
    mutating func next() -> Step {
        if faults.cutAfterFrames == sent { return .cut }
        if faults.stallAfterFrames == sent { return .stall }
        guard !hasFailed, sent < frameCount else {
            return .end(isChunked ? ByteBuffer(staticString: "0\r\n\r\n") : ByteBuffer())
        }
        sent += 1
        if faults.errorFrame == sent {
            hasFailed = true
            let error = MockProviderError(.injected, "The mock was told to fail in frame \(sent).", status: 500)
            return .lastFrame(framed { $0.writeStaticString("data: "); $0.writeImmutableBuffer(error.body) })
        }
        if faults.malformedFrame == sent {
            return .frame(framed { $0.writeStaticString("data: {\"id\":\"chatcmpl-broken\",\"choices\":[{") })
        }
        let payload = framed { writeFrame(sent, into: &$0) }
        return sent == frameCount ? .lastFrame(payload) : .frame(payload)
    }

    private func writeFrame(_ number: Int, into buffer: inout ByteBuffer) {
        let tokens = completion.tokens
        switch number {
        case 1:
            writeDelta(into: &buffer) { writeOpening(into: &$0) }
        case 2..<2 + tokens.count:
            writeDelta(into: &buffer) { writeToken(tokens[number - 2], into: &$0) }
        case tokens.count + 2:
            writeDelta(into: &buffer, finishReason: completion.finishReason) { _ in }
        case frameCount:
            buffer.writeStaticString("data: [DONE]")
        default:
            buffer.writeImmutableBuffer(prefix)
            buffer.writeStaticString("],\"usage\":")
            completion.writeUsage(into: &buffer)
            buffer.writeStaticString("}")
        }
    }

    private func writeOpening(into buffer: inout ByteBuffer) {
        guard let toolCall = completion.toolCall else {
            buffer.writeStaticString("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null")
            return
        }
        buffer.writeStaticString("\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":")
        buffer.writeJSON(completion.toolCallID)
        buffer.writeStaticString(",\"type\":\"function\",\"function\":{\"name\":")
        buffer.writeJSON(toolCall)
        buffer.writeStaticString(",\"arguments\":\"\"}}]")
    }

    private func writeToken(_ token: String, into buffer: inout ByteBuffer) {
        if completion.toolCall == nil {
            buffer.writeStaticString("\"content\":")
            buffer.writeJSON(token)
        } else {
            buffer.writeStaticString("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":")
            buffer.writeJSON(token)
            buffer.writeStaticString("}}]")
        }
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

    /// One event with its empty line, in a chunk of its own if the body is chunked.
    private func framed(_ write: (inout ByteBuffer) -> Void) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(prefix.readableBytes + 160)
        // Room for a chunk size of up to eight digits, filled in once the size is known: one buffer, no copy.
        if isChunked { buffer.writeRepeatingByte(UInt8(ascii: "0"), count: 10) }
        let start = buffer.writerIndex
        write(&buffer)
        buffer.writeStaticString("\n\n")
        guard isChunked else { return buffer }
        let size = String(buffer.writerIndex - start, radix: 16) + "\r\n"
        buffer.setString(size, at: start - size.utf8.count)
        buffer.moveReaderIndex(to: start - size.utf8.count)
        buffer.writeStaticString("\r\n")
        return buffer
    }
}
