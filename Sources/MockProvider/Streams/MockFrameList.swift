import NIOCore

/// All frames of one stream and those that faults put in their place. Made at once: unlike Chat Completions, these
/// dialects are not what load is measured with.
struct MockFrameList: Sendable, Equatable {
    let frames: [MockFrame]
    /// What the dialect sends when a stream fails.
    let error: ByteBuffer
    /// What no reader of the dialect can take.
    let malformed: ByteBuffer
    /// What the dialect sends to keep a connection, and says nothing.
    var ping = Self.comment

    /// A line of server-sent events that is none of an event.
    static let comment = ByteBuffer(staticString: ": ping\n\n")

    /// Frames before the first that only a whole answer has.
    var contentCount: Int {
        frames.firstIndex { $0.kind == .terminal } ?? frames.count
    }

    var firstToken: Int? {
        frames.firstIndex { $0.kind == .token }.map { $0 + 1 }
    }
}
