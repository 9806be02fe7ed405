import GatewayTesting
import NIOCore
import Testing

@testable import RedisClient

@Suite("Decoding replies")
struct ReplyDecoderTests {
    /// One of each kind, by hand from the protocol's description.
    private static let wire = Array(
        ("+OK\r\n-WRONGTYPE bad kind\r\n:-42\r\n$-1\r\n*-1\r\n$0\r\n\r\n*0\r\n$5\r\na\r\nb$\r\n"
            + "*3\r\n:1\r\n*2\r\n$-1\r\n+in\r\n-ERR x\r\n+end\r\n").utf8)
    private static let expected: [RedisReply] = [
        .status("OK"), .error(RedisServerError(message: "WRONGTYPE bad kind")), .integer(-42), .null, .null,
        .bulk(ByteBuffer()), .array([]), .bulk(ByteBuffer(string: "a\r\nb$")),
        .array([
            .integer(1), .array([.null, .status("in")]), .error(RedisServerError(message: "ERR x")),
        ]),
        .status("end"),
    ]

    private func decode(_ pieces: [[UInt8]], limit: Int = 1 << 26) throws(RedisError) -> [RedisReply] {
        let decoder = try ReplyDecoder(maximumReplySize: limit)
        var replies: [RedisReply] = []
        for piece in pieces { try decoder.decode(ByteBuffer(bytes: piece)) { replies.append($0) } }
        return replies
    }

    @Test("Replies cut at any point are the same replies")
    func everySplit() throws {
        for pieces in ByteSplitter.everyPair(Self.wire) { #expect(try decode(pieces) == Self.expected) }
        #expect(try decode(ByteSplitter.single(Self.wire)) == Self.expected)
    }

    @Test("Many replies in one read and in random pieces come out complete and in order", arguments: [1, 2, 3])
    func manyReplies(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var wire: [UInt8] = []
        var expected: [RedisReply] = []
        for _ in 0..<2_000 {
            let text = String(repeating: "é", count: Int.random(in: 0...200, using: &generator))
            wire += Array("$\(text.utf8.count)\r\n\(text)\r\n".utf8)
            expected.append(.bulk(ByteBuffer(string: text)))
        }
        #expect(try decode([wire]) == expected)
        #expect(try decode(ByteSplitter.random(wire, longest: 5_000, using: &generator)) == expected)
    }

    @Test("Seeded garbage gives replies or a protocol violation, never a trap", arguments: 0..<20)
    func garbage(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("+-:$*0123456789\r\n\r\n\r\nOKx".utf8) + [0, 255]
        for _ in 0..<500 {
            let length = Int.random(in: 1...60, using: &generator)
            let bytes = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
            do throws(RedisError) {
                _ = try decode(ByteSplitter.random(bytes, longest: 9, using: &generator), limit: 10_000)
            } catch {
                #expect(error.code == .protocolViolation, "seed \(seed)")
            }
        }
    }

    @Test("One flipped byte in good replies never traps", arguments: 0..<4)
    func flippedByte(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for index in Self.wire.indices {
            var bytes = Self.wire
            bytes[index] = UInt8.random(in: 0...255, using: &generator)
            do throws(RedisError) {
                _ = try decode([bytes])
            } catch {
                #expect(error.code == .protocolViolation, "seed \(seed), index \(index)")
            }
        }
    }

    @Test("Seven levels of arrays are read, more are a violation, not a crash")
    func nesting() throws {
        let seven = String(repeating: "*1\r\n", count: 7) + ":5\r\n"
        var expected = RedisReply.integer(5)
        for _ in 0..<7 { expected = .array([expected]) }
        #expect(try decode([Array(seven.utf8)]) == [expected])
        let twenty = String(repeating: "*1\r\n", count: 20) + ":5\r\n"
        #expect(throws: RedisError.self) { try decode([Array(twenty.utf8)]) }
    }

    @Test("Absurd lengths are refused or bounded by the limit", arguments: [
        "*2147483648\r\n", "$99999999999999999999\r\n", "*-2\r\n", "$-2\r\n", ":abc\r\n", "HTTP/1.1 400\r\n",
    ])
    func absurdLengths(text: String) {
        #expect(throws: RedisError.self) { try decode([Array(text.utf8)]) }
    }

    @Test("A reply over the size limit is a violation as soon as its bytes pass the limit")
    func sizeLimit() throws {
        let head = Array("$2000000000\r\n".utf8)
        #expect(try decode([head, [UInt8](repeating: 0, count: 4_000)], limit: 5_000) == [])
        let error = #expect(throws: RedisError.self) {
            try decode([head, [UInt8](repeating: 0, count: 6_000)], limit: 5_000)
        }
        #expect(error?.code == .protocolViolation)
        // Many small ones that are larger only together are fine.
        let small = Array(String(repeating: "+OK\r\n", count: 3_000).utf8)
        #expect(try decode([small], limit: 5_000).count == 3_000)
    }

    @Test("An array that announces millions and sends none reserves nothing for them")
    func announcedArray() throws {
        #expect(try decode([Array("*2147483647\r\n:1\r\n".utf8)]) == [])
    }
}
