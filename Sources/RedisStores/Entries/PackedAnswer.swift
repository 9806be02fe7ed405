import Compression
import NIOCore

/// A large answer's choices as they are stored: a method, their length, and the bytes, compressed where that saves
/// something.
enum PackedAnswer {
    private static let plain: UInt8 = 0
    private static let deflated: UInt8 = 1
    /// No answer that may be stored is larger: `cache.answer_limit` goes to this.
    private static let lengthLimit = 64 << 20

    static func pack(_ choices: ByteBuffer) -> ByteBuffer {
        let compressed = Deflate.compressed(choices)
        let bytes = compressed ?? choices
        var packed = ByteBufferAllocator().buffer(capacity: bytes.readableBytes + 5)
        packed.writeInteger(compressed == nil ? plain : deflated)
        packed.writeInteger(UInt32(truncatingIfNeeded: choices.readableBytes), endianness: .little)
        packed.writeImmutableBuffer(bytes)
        return packed
    }

    /// The choices between what stands around them.
    static func unpack(
        _ packed: ByteBuffer, front: ByteBuffer, back: ByteBuffer
    ) throws(EntryFault) -> ByteBuffer {
        var rest = packed
        guard let method = rest.readInteger(as: UInt8.self),
            let length = rest.readInteger(endianness: .little, as: UInt32.self).map(Int.init), length <= lengthLimit
        else { throw .damaged }
        // Not for as much as a damaged length may say: what that much would come from must be there.
        guard length / 1032 <= rest.readableBytes else { throw .damaged }
        var answer = ByteBufferAllocator().buffer(
            capacity: front.readableBytes + length + back.readableBytes)
        answer.writeImmutableBuffer(front)
        switch method {
        case plain:
            guard rest.readableBytes == length else { throw .damaged }
            answer.writeImmutableBuffer(rest)
        case deflated:
            guard Deflate.expand(rest, length: length, into: &answer) else { throw .damaged }
        default: throw .damaged
        }
        answer.writeImmutableBuffer(back)
        return answer
    }
}
