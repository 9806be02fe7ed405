import CHiredis
import NIOCore

/// Collects what hiredis' reader finds, depth first, into one `RedisReply`.
///
/// The reader builds trees out of opaque pointers that its callbacks return. These callbacks return a mere
/// token and append here instead, so that no node costs an allocation beyond its own bytes.
final class ReplyBuilder {
    private struct Frame {
        var missing: Int
        var elements: [RedisReply]
    }

    /// More elements than this are not reserved on the word of a length line, only as they come.
    private static let reservedElements = 1_024

    private var frames: [Frame] = []
    private var root: RedisReply?

    /// The finished reply, once.
    func take() -> RedisReply? {
        defer { root = nil }
        return root
    }

    /// The callbacks for `redisReaderCreateWithFunctions`; the reader's `privdata` must be the builder, unretained,
    /// and the builder must outlive the reader.
    static var functions: redisReplyObjectFunctions {
        // Set one by one: hiredis 0.14 has these five members, 1.0 and later two more, which RESP2 never calls.
        var functions = redisReplyObjectFunctions()
        functions.createString = { task, bytes, length in
            ReplyBuilder.with(task) { $0.add(string: UnsafeRawBufferPointer(start: bytes, count: length), task) }
        }
        functions.createArray = { task, count in ReplyBuilder.with(task) { $0.beginArray(Int(count)) } }
        functions.createInteger = { task, value in ReplyBuilder.with(task) { $0.add(.integer(value)) } }
        functions.createNil = { task in ReplyBuilder.with(task) { $0.add(.null) } }
        // The tokens own nothing.
        functions.freeObject = { _ in }
        return functions
    }

    /// Runs `body` on the builder behind `task`. Returns the token: any non-null pointer means success to hiredis.
    private static func with(
        _ task: UnsafePointer<redisReadTask>?, _ body: (ReplyBuilder) -> Void
    ) -> UnsafeMutableRawPointer? {
        guard let pointer = task?.pointee.privdata else { return nil }
        body(Unmanaged<ReplyBuilder>.fromOpaque(pointer).takeUnretainedValue())
        return pointer
    }

    private func add(string bytes: UnsafeRawBufferPointer, _ task: UnsafePointer<redisReadTask>?) {
        switch task?.pointee.type {
        case REDIS_REPLY_STATUS: add(.status(Self.status(bytes)))
        case REDIS_REPLY_ERROR: add(.error(RedisServerError(message: String(decoding: bytes, as: UTF8.self))))
        default: add(.bulk(ByteBuffer(bytes: bytes)))
        }
    }

    private static func status(_ bytes: UnsafeRawBufferPointer) -> String {
        bytes.count == 2 && bytes[0] == UInt8(ascii: "O") && bytes[1] == UInt8(ascii: "K")
            ? "OK" : String(decoding: bytes, as: UTF8.self)
    }

    private func beginArray(_ count: Int) {
        guard count > 0 else { return add(.array([])) }
        var elements: [RedisReply] = []
        elements.reserveCapacity(min(count, Self.reservedElements))
        frames.append(Frame(missing: count, elements: elements))
    }

    private func add(_ reply: RedisReply) {
        var reply = reply
        while !frames.isEmpty {
            let top = frames.count - 1
            frames[top].elements.append(reply)
            frames[top].missing -= 1
            if frames[top].missing > 0 { return }
            reply = .array(frames.removeLast().elements)
        }
        root = reply
    }
}
