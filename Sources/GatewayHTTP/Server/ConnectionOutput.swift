import NIOCore

/// What is to be written to one connection. Frames written within one turn of the event loop leave together.
struct ConnectionOutput {
    /// Not yet handed to the channel.
    var bytes = ByteBuffer()
    var date = HTTPDate()
    var isFlushScheduled = false
    /// Whether the channel has `bytes`; they are begun anew then.
    private var isTaken = false
    /// The writer that waits until the socket takes more.
    private var writer: CheckedContinuation<Void, Never>?

    /// Longer bodies are handed on as they are, behind their head.
    static let copiedBytes = 32 * 1024
    /// Frames that come faster than the loop turns are held back up to this, then flushed.
    static let heldBytes = 32 * 1024
    /// The memory of a burst is not kept.
    private static let keptBytes = 64 * 1024

    var hasWaitingWriter: Bool { writer != nil }

    /// To be called before `bytes` are written to. Memory the socket has taken everything of is used again.
    mutating func begin() {
        guard isTaken else { return }
        isTaken = false
        if bytes.capacity > Self.keptBytes { bytes = ByteBuffer() } else { bytes.clear() }
    }

    mutating func takeBytes() -> ByteBuffer {
        isTaken = true
        defer { bytes.moveReaderIndex(to: bytes.writerIndex) }
        return bytes
    }

    mutating func wait(_ continuation: CheckedContinuation<Void, Never>) { writer = continuation }

    mutating func resumeWriter() {
        let waiting = writer
        writer = nil
        waiting?.resume()
    }
}
