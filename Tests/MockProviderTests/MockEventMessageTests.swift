import NIOCore
import Testing

@testable import MockProvider

@Suite("Amazon's event stream messages")
struct MockEventMessageTests {
    @Test("The checksum is that of zip")
    func checksum() {
        // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
        #expect(MockCRC32.of("123456789".utf8) == 0xCBF4_3926)
        #expect(MockCRC32.of([]) == 0)
    }

    @Test("A message without anything is that of Amazon's test vectors")
    func empty() {
        let bytes = MockEventMessage([], payload: ByteBuffer()).bytes()
        let expected: [UInt8] = [0, 0, 0, 0x10, 0, 0, 0, 0, 0x05, 0xC2, 0x48, 0xEB, 0x7D, 0x98, 0xC8, 0xFF]
        #expect(Array(bytes.readableBytesView) == expected)
    }

    @Test("Headers stand as name, type of text, length and value; the payload behind them")
    func headers() {
        let message = MockEventMessage(event: "messageStop", ["a": 1])
        var bytes = message.bytes()
        let (total, length) = (bytes.readInteger(as: UInt32.self), bytes.readInteger(as: UInt32.self))
        #expect(total == UInt32(message.bytes().readableBytes) && length == 81)
        bytes.moveReaderIndex(forwardBy: 4)
        let fields = bytes.readString(length: 81)
        #expect(fields == "\u{B}:event-type\u{7}\0\u{B}messageStop\u{D}:content-type\u{7}\0\u{10}application/json"
            + "\u{D}:message-type\u{7}\0\u{5}event")
        #expect(bytes.readString(length: bytes.readableBytes - 4) == #"{"a":1}"#)
    }

    @Test("A broken message differs in its last checksum alone")
    func broken() {
        let message = MockEventMessage(exception: "throttlingException", message: "m")
        let good = Array(message.bytes().readableBytesView)
        let bad = Array(message.bytes(isBroken: true).readableBytesView)
        #expect(good.dropLast(4) == bad.dropLast(4))
        #expect(zip(good.suffix(4), bad.suffix(4)).allSatisfy { $0 == ~$1 })
    }
}
