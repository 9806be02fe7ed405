import CZlib
package import NIOCore

/// CRC-32 as gzip computes it (RFC 1952, section 8): finds every change of up to 32 bits in a row. It tells damage, not
/// forgery.
package struct Checksum {
    private var state: UInt = 0

    package init() {}

    /// Takes the readable bytes.
    package mutating func add(_ bytes: ByteBuffer) {
        // Of no bytes there may be no address, and zlib takes that for a wish to start anew.
        if bytes.readableBytes == 0 { return }
        state = bytes.withUnsafeReadableBytes { pointer in
            crc32_z(state, pointer.baseAddress?.assumingMemoryBound(to: UInt8.self), pointer.count)
        }
    }

    /// Takes the bytes.
    package mutating func add(_ bytes: [UInt8]) {
        if bytes.isEmpty { return }
        state = bytes.withUnsafeBufferPointer { crc32_z(state, $0.baseAddress, $0.count) }
    }

    package var value: UInt32 { UInt32(truncatingIfNeeded: state) }
}
