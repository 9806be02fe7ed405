import NIOCore
import NIOHTTP1

/// A request read to its end.
struct MockRequest {
    let head: HTTPRequestHead
    var body = ByteBuffer()
    /// The body passed the limit and was dropped.
    var isTooLarge = false

    init(head: HTTPRequestHead) {
        self.head = head
    }

    mutating func append(_ part: ByteBuffer, limit: Int) {
        guard !isTooLarge, body.readableBytes + part.readableBytes <= limit else {
            isTooLarge = true
            body = ByteBuffer()
            return
        }
        if body.readableBytes == 0 { body = part } else { body.writeImmutableBuffer(part) }
    }
}
