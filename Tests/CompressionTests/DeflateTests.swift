import Compression
import GatewayTesting
import NIOCore
import Testing

@Suite("Deflate")
struct DeflateTests {
    private static let text = "a refrain is a line that comes back; "

    private func expanded(_ bytes: ByteBuffer, length: Int) -> ByteBuffer? {
        var output = ByteBuffer(string: "in front")
        guard Deflate.expand(bytes, length: length, into: &output) else {
            #expect(output == ByteBuffer(string: "in front"), "what was not expanded left something behind")
            return nil
        }
        return output.getSlice(at: 8, length: output.readableBytes - 8)
    }

    @Test("What Python's zlib compressed is read")
    func foreign() {
        let bytes: [UInt8] = [
            0x4B, 0x54, 0x28, 0x4A, 0x4D, 0x2B, 0x4A, 0xCC, 0xCC, 0x53, 0xC8, 0x2C, 0x56, 0x48,
            0x54, 0xC8, 0xC9, 0xCC, 0x4B, 0x55, 0x28, 0xC9, 0x48, 0x2C, 0x51, 0x48, 0xCE, 0xCF,
            0x4D, 0x2D, 0x56, 0x48, 0x4A, 0x4C, 0xCE, 0xB6, 0x06, 0x8A, 0x13, 0x54, 0x04, 0x00,
        ]
        let whole = "a refrain is a line that comes back; a refrain is a line that comes back"
        #expect(expanded(ByteBuffer(bytes: bytes), length: 72) == ByteBuffer(string: whole))
    }

    @Test("What is compressed is smaller by an eighth, and comes back byte for byte")
    func roundTrip() throws {
        for count in [1, 3, 30, 1_000, 30_000] {
            let text = ByteBuffer(string: String(repeating: Self.text, count: count) + "é\u{0}🦊")
            guard let small = Deflate.compressed(text) else {
                #expect(count < 3, "\(count) lines were not compressed")
                continue
            }
            #expect(small.readableBytes * 8 <= text.readableBytes * 7)
            #expect(expanded(small, length: text.readableBytes) == text)
        }
    }

    @Test("What does not get smaller is left alone")
    func random() {
        var generator = SeededGenerator(seed: 20)
        for length in [0, 1, 100, 5_000, 200_000] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(Deflate.compressed(ByteBuffer(bytes: bytes)) == nil, "\(length) bytes")
        }
    }

    @Test("Cut anywhere, longer, or with another length said, it is refused")
    func damaged() throws {
        let text = ByteBuffer(string: (0..<200).map { "line \($0 * 7919) of a song" }.joined(separator: "\n"))
        let small = try #require(Deflate.compressed(text))
        for length in 0..<small.readableBytes {
            let cut = try #require(small.getSlice(at: small.readerIndex, length: length))
            #expect(expanded(cut, length: text.readableBytes) == nil, "cut to \(length) bytes")
        }
        for length in [-1, 0, 1, text.readableBytes - 1, text.readableBytes + 1, 1 << 30, .max] {
            #expect(expanded(small, length: length) == nil, "as \(length) bytes")
        }
        var longer = small
        longer.writeInteger(0 as UInt8)
        #expect(expanded(longer, length: text.readableBytes) == nil)
    }

    @Test("Any bytes are expanded or refused, and no memory is taken for more than they can hold")
    func anyBytes() {
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let length = Int.random(in: 1...4_000, using: &generator)
            if let output = expanded(ByteBuffer(bytes: bytes), length: length) {
                #expect(output.readableBytes == length)
            }
        }
        var output = ByteBuffer()
        #expect(!Deflate.expand(ByteBuffer(bytes: [0, 1, 2]), length: 1 << 30, into: &output))
        #expect(output.capacity < 1 << 20)
    }
}
