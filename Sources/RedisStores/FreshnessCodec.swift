import GatewayCore
import NIOCore
import SemanticCache

/// An entry's freshness in 21 bytes, little-endian: when it is due and until when it is kept, in milliseconds since
/// 1970 and 0 for not at all; how long it took to make, in milliseconds; its step. What it reads may be anything.
enum FreshnessCodec {
    private static let length = 8 + 8 + 4 + 1

    /// Nil for what needs no bytes.
    static func bytes(of freshness: EntryFreshness) -> ByteBuffer? {
        if freshness == EntryFreshness() { return nil }
        var bytes = ByteBufferAllocator().buffer(capacity: length)
        bytes.writeInteger(freshness.due?.milliseconds ?? 0, endianness: .little)
        bytes.writeInteger(freshness.kept?.milliseconds ?? 0, endianness: .little)
        bytes.writeInteger(UInt32(clamping: Int64(freshness.took / .milliseconds(1))), endianness: .little)
        bytes.writeInteger(Int8(clamping: freshness.step), endianness: .little)
        return bytes
    }

    /// What of the bytes can be understood; fresh to its life's end where that is nothing.
    static func freshness(_ bytes: ByteBuffer?) -> EntryFreshness {
        guard var bytes, bytes.readableBytes == length,
            let due = bytes.readInteger(endianness: .little, as: Int64.self),
            let kept = bytes.readInteger(endianness: .little, as: Int64.self),
            let took = bytes.readInteger(endianness: .little, as: UInt32.self),
            let step = bytes.readInteger(endianness: .little, as: Int8.self)
        else { return EntryFreshness() }
        let limit = EntryFreshness.stepLimit
        return EntryFreshness(
            due: due > 0 ? UnixTime(milliseconds: due) : nil, kept: kept > 0 ? UnixTime(milliseconds: kept) : nil,
            took: .milliseconds(Int64(took)), step: min(max(Int(step), -limit), limit))
    }
}
