import CZlib
package import NIOCore

/// Bare DEFLATE (RFC 1951) of whole texts by zlib. No head and no checksum: who stores it has its own.
package enum Deflate {
    /// The fastest. Of answers of 1.5 to 16 KB the best level saves 2 to 10 % more and takes twice as long.
    private static let level: Int32 = 1
    /// Of 8 KB: the working memory is then 64 KB, small enough for malloc not to ask the system for it each time.
    private static let windowBits: Int32 = 13
    private static let memoryLevel: Int32 = 6
    /// What DEFLATE can make of a byte at most, from zlib's documentation ("Maximum Compression Factor"): 1032.
    private static let largestFactor = 1032

    /// The bytes compressed; nil when that does not save an eighth of them.
    package static func compressed(_ bytes: ByteBuffer) -> ByteBuffer? {
        let length = bytes.readableBytes
        guard length > 0, length <= Int(Int32.max) else { return nil }
        var output = ByteBufferAllocator().buffer(capacity: length)
        var stream = z_stream()
        guard CZlib_deflateInit(&stream, level, windowBits, memoryLevel) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let isWhole = bytes.withUnsafeReadableBytes { source in
            let limit = length - length / 8
            return output.writeWithUnsafeMutableBytes(minimumWritableBytes: limit) { target in
                // zlib's interface knows no constant input; it does not write there.
                stream.next_in = UnsafeMutablePointer(
                    mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_out = UInt32(limit)
                return deflate(&stream, Z_FINISH) == Z_STREAM_END ? limit - Int(stream.avail_out) : 0
            } > 0
        }
        return isWhole ? output : nil
    }

    /// Appends what `bytes` were made of to `output`.
    /// - Parameter length: how long that must be. Memory is taken for no more than these bytes can hold.
    /// - Returns: whether they were that, whole and nothing behind; else `output` is as it was.
    package static func expand(_ bytes: ByteBuffer, length: Int, into output: inout ByteBuffer) -> Bool {
        guard length > 0, length <= Int(Int32.max), bytes.readableBytes <= Int(Int32.max),
            length / largestFactor <= bytes.readableBytes
        else { return false }
        var stream = z_stream()
        guard CZlib_inflateInit(&stream) == Z_OK else { return false }
        defer { inflateEnd(&stream) }
        return bytes.withUnsafeReadableBytes { source in
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: length) { target in
                stream.next_in = UnsafeMutablePointer(
                    mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_out = UInt32(length)
                let isWhole = inflate(&stream, Z_FINISH) == Z_STREAM_END
                return isWhole && stream.avail_in == 0 && stream.avail_out == 0 ? length : 0
            } == length
        }
    }
}
