internal import NIOCore

extension ByteBuffer {
    /// Writes a JSON text on one line. A line break in JSON can only be white space between values, and would cut
    /// the frame it stands in.
    mutating func writeFlattened(_ json: ByteBuffer) {
        let isBreak = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
        if json.readableBytesView.contains(where: isBreak) {
            writeBytes(json.readableBytesView.filter { !isBreak($0) })
        } else {
            writeImmutableBuffer(json)
        }
    }
}
