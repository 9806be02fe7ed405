import CHiredis
import NIOCore

/// Turns bytes as they come from the socket into replies, with hiredis' reader.
///
/// Limits: arrays nest at most 7 deep (hiredis 0.14), a reply has at most `maximumReplySize` bytes. Not `Sendable`:
/// one per connection, on its event loop.
final class ReplyDecoder {
    /// How much the reader is given at once. It moves what is left to the front of its buffer after every kilobyte
    /// consumed, so the cost of a larger piece grows with the square of its size.
    private static let pieceSize = 8 * 1_024

    private let builder: ReplyBuilder
    private let functions: UnsafeMutablePointer<redisReplyObjectFunctions>
    private let reader: UnsafeMutablePointer<redisReader>
    private let maximumReplySize: Int
    /// Bytes given to the reader since it last produced a reply.
    private var unfinishedBytes = 0

    /// - Parameter maximumReplySize: bytes of the longest reply accepted, framing included.
    init(maximumReplySize: Int) throws(RedisError) {
        builder = ReplyBuilder()
        functions = .allocate(capacity: 1)
        functions.initialize(to: ReplyBuilder.functions)
        guard let reader = redisReaderCreateWithFunctions(functions) else {
            functions.deallocate()
            throw RedisError(.unavailable, "no memory for a reply reader")
        }
        self.reader = reader
        self.maximumReplySize = maximumReplySize
        reader.pointee.privdata = Unmanaged.passUnretained(builder).toOpaque()
    }

    deinit {
        redisReaderFree(reader)
        functions.deallocate()
    }

    /// Hands every reply that `bytes` completes to `deliver`, in order.
    /// Throws `.protocolViolation`, after which the decoder must not be used again.
    func decode(_ bytes: ByteBuffer, deliver: (RedisReply) -> Void) throws(RedisError) {
        var rest = bytes
        while rest.readableBytes > 0 {
            // Inside a long reply nothing can be consumed before its end, so size no longer matters.
            let length = unfinishedBytes > Self.pieceSize ? rest.readableBytes : Self.pieceSize
            guard let piece = rest.readSlice(length: min(length, rest.readableBytes)) else { return }
            let fed = piece.withUnsafeReadableBytes { pointer in
                redisReaderFeed(reader, pointer.baseAddress?.assumingMemoryBound(to: CChar.self), pointer.count)
            }
            guard fed == REDIS_OK else { throw violation() }
            unfinishedBytes += piece.readableBytes
            try deliverFinished(deliver)
            guard unfinishedBytes <= maximumReplySize else {
                throw RedisError(
                    .protocolViolation, "a reply is longer than the limit of \(maximumReplySize) bytes",
                    mayHaveExecuted: true)
            }
        }
    }

    private func deliverFinished(_ deliver: (RedisReply) -> Void) throws(RedisError) {
        while true {
            var token: UnsafeMutableRawPointer?
            guard redisReaderGetReply(reader, &token) == REDIS_OK else { throw violation() }
            guard token != nil, let reply = builder.take() else { return }
            unfinishedBytes = reader.pointee.len - reader.pointee.pos
            deliver(reply)
        }
    }

    private func violation() -> RedisError {
        let text = withUnsafeBytes(of: reader.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return RedisError(.protocolViolation, "expected a Redis reply; \(text)", mayHaveExecuted: true)
    }
}
