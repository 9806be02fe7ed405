import GatewayTesting
import NIOCore
import Testing

@testable import LoadGenerator

@Suite struct ResponseParserTests {
    static let answers: [(wire: String, status: Int, bodyBytes: Int, watched: String?)] = [
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Refrain-Cache:  hit-exact \r\n\r\nhello", 200, 5, "hit-exact"),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"
                + "1a;x=y\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n", 200, 31, nil
        ),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\nt: v\r\n\r\n", 200, 0, nil),
        ("HTTP/1.1 404 Not Found\r\nx-refrain-cache: miss\r\ncontent-length: 0\r\n\r\n", 404, 0, "miss"),
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, 0, nil),
    ]

    @Test("An answer is read the same wherever its bytes are split", arguments: answers.indices)
    func everySplit(_ index: Int) throws {
        let answer = Self.answers[index]
        let bytes = Array(answer.wire.utf8)
        for split in 0...bytes.count {
            var parser = ResponseParser(watching: "x-refrain-cache")
            var buffer = ByteBuffer(bytes: bytes[..<split])
            if split < bytes.count {
                #expect(try parser.read(&buffer) == .needsMore, "split at \(split)")
                buffer.writeBytes(bytes[split...])
            }
            #expect(try parser.read(&buffer) == .end, "split at \(split)")
            #expect(parser.head.status == answer.status)
            #expect(parser.bodyBytes == answer.bodyBytes)
            #expect(parser.head.watched == answer.watched)
            #expect(buffer.readableBytes == 0)
        }
    }

    @Test("Answers that follow each other are told apart, also when they come a byte at a time")
    func pipelined() throws {
        let bytes = Array(Self.answers.map(\.wire).joined().utf8)
        var parser = ResponseParser(watching: "x-refrain-cache")
        var buffer = ByteBuffer()
        var statuses: [Int] = []
        for byte in bytes {
            buffer.writeInteger(byte)
            if try parser.read(&buffer) == .end { statuses.append(parser.head.status) }
        }
        #expect(statuses == Self.answers.map(\.status))
    }

    @Test(
        "Bytes that are no answer are refused",
        arguments: [
            "HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 20x OK\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        ])
    func refused(_ wire: String) {
        var parser = ResponseParser()
        var buffer = ByteBuffer(string: wire)
        #expect(throws: LoadError.self) { _ = try parser.read(&buffer) }
    }

    @Test("Random bytes never trap")
    func randomBytes() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let valid = Self.answers.map { Array($0.wire.utf8) }
        for _ in 0..<2_000 {
            var bytes = valid[Int.random(in: valid.indices, using: &random)]
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            var parser = ResponseParser(watching: "x-refrain-cache")
            var buffer = ByteBuffer(bytes: bytes)
            let before = buffer.readableBytes
            _ = try? parser.read(&buffer)
            #expect(buffer.readableBytes <= before, "seed \(seed)")
        }
    }
}
