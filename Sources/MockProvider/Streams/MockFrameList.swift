import NIOCore

/// All frames of one stream and those that faults put in their place. Made at once: unlike Chat Completions, these
/// dialects are not what load is measured with.
struct MockFrameList: Sendable, Equatable {
    let frames: [MockFrame]
    /// What the dialect sends when a stream fails.
    let error: ByteBuffer
    /// What no reader of the dialect can take.
    let malformed: ByteBuffer

    /// Frames before the first that only a whole answer has.
    var contentCount: Int {
        frames.firstIndex { $0.kind == .terminal } ?? frames.count
    }

    var firstToken: Int? {
        frames.firstIndex { $0.kind == .token }.map { $0 + 1 }
    }
}
