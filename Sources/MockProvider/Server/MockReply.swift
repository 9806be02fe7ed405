import NIOCore

/// All that is sent for one request, decided before its first byte.
struct MockReply: Sendable {
    /// What follows the head.
    enum Content: Sendable {
        case whole(ByteBuffer)
        /// The first half of the body; then the socket is closed, or left open and silent.
        case half(ByteBuffer, thenCloses: Bool)
        case stream(MockChatStream)
        /// Not even a head: the socket is closed.
        case nothing
    }

    var head = MockResponseHead()
    /// Time before the first byte.
    var delay: TimeAmount = .zero
    var content: Content

    init(_ body: ByteBuffer) {
        content = .whole(body)
    }

    init(_ error: MockProviderError) {
        head.status = error.status
        content = .whole(error.body)
    }
}
