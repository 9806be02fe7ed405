import NIOCore

/// A streamed answer, handed out frame by frame with the faults the behavior asks for.
struct MockStream: Sendable {
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

    /// Where the frames come from.
    enum Source: Sendable {
        case chat(MockChatFrames)
        case list(MockFrameList)
    }

    /// Time before each token.
    let pace: TimeAmount

    private let source: Source
    private let isChunked: Bool
    private let faults: MockBehavior
    private let frameCount: Int
    private let errorFrame: Int?
    /// In place of which pings come.
    private let pingFrame: Int?
    /// Frames handed out.
    private var sent = 0
    private var hasFailed = false

    /// - Parameter isChunked: whether the bytes carry HTTP/1.1 chunk framing.
    init(_ source: Source, isChunked: Bool, behavior: MockBehavior) {
        self.source = source
        self.isChunked = isChunked
        faults = behavior
        pace = TimeAmount(behavior.pings ?? behavior.tokenPace)
        let firstToken: Int?
        switch source {
        case .chat(let frames):
            frameCount = behavior.missingTerminal ? frames.contentCount : frames.count
            firstToken = frames.contentCount > 1 ? 2 : nil
        case .list(let list):
            frameCount = behavior.missingTerminal ? list.contentCount : list.frames.count
            firstToken = list.firstToken
        }
        // An answer without content fails behind all that opens it.
        errorFrame = behavior.errorFrame ?? (behavior.errorAfterLifecycle ? firstToken ?? frameCount : nil)
        pingFrame = behavior.pings == nil ? nil : firstToken
    }

    /// Whether the next frame carries a token, and so comes `pace` after the one before.
    var nextIsToken: Bool {
        guard !hasFailed, sent < frameCount else { return false }
        switch source {
        case .chat(let frames): return sent >= 1 && sent < frames.contentCount
        case .list(let list): return list.frames[sent].kind == .token
        }
    }

    /// The next thing to do. Cut and stall come before the frame that would exceed their number; an error frame goes
    /// before a malformed one. Not to be called after `end`, `cut` or `stall`.
    mutating func next() -> Step {
        if faults.cutAfterFrames == sent { return .cut }
        if faults.stallAfterFrames == sent { return .stall }
        guard !hasFailed, sent < frameCount else {
            return .end(isChunked ? ByteBuffer(staticString: "0\r\n\r\n") : ByteBuffer())
        }
        if pingFrame == sent + 1 { return .frame(framed(ping)) }
        sent += 1
        if errorFrame == sent {
            hasFailed = true
            return .lastFrame(framed(failing))
        }
        if faults.malformedFrame == sent { return .frame(framed(malformed)) }
        var payload: ByteBuffer
        switch source {
        case .chat(let frames):
            payload = framed(capacity: frames.capacity) { frames.write(sent, into: &$0) }
        case .list(let list):
            payload = framed(list.frames[sent - 1].bytes)
        }
        if faults.stampsFrames { MockStamp.write(.now(), into: &payload) }
        return sent == frameCount ? .lastFrame(payload) : .frame(payload)
    }

    private var failing: ByteBuffer {
        switch source {
        case .chat: MockChatFrames.error(inFrame: sent)
        case .list(let list): list.error
        }
    }

    private var ping: ByteBuffer {
        switch source {
        case .chat: MockFrameList.comment
        case .list(let list): list.ping
        }
    }

    private var malformed: ByteBuffer {
        switch source {
        case .chat: MockChatFrames.malformed
        case .list(let list): list.malformed
        }
    }

    private func framed(_ bytes: ByteBuffer) -> ByteBuffer {
        guard isChunked else { return bytes }
        return framed(capacity: bytes.readableBytes) { $0.writeImmutableBuffer(bytes) }
    }

    /// One frame, in a chunk of its own if the body is chunked.
    private func framed(capacity: Int, _ write: (inout ByteBuffer) -> Void) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(capacity + 16)
        // Room for a chunk size of up to eight digits, filled in once the size is known: one buffer, no copy.
        if isChunked { buffer.writeRepeatingByte(UInt8(ascii: "0"), count: 10) }
        let start = buffer.writerIndex
        write(&buffer)
        guard isChunked else { return buffer }
        let size = String(buffer.writerIndex - start, radix: 16) + "\r\n"
        buffer.setString(size, at: start - size.utf8.count)
        buffer.moveReaderIndex(to: start - size.utf8.count)
        buffer.writeStaticString("\r\n")
        return buffer
    }
}
