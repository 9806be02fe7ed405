import CHiredis
import GatewayTesting
import NIOCore
import Testing

@testable import RedisClient

@Suite("Encoding commands")
struct RedisCommandTests {
    private func encoded(_ command: RedisCommand) -> String {
        var buffer = ByteBuffer()
        command.encode(into: &buffer)
        return String(buffer: buffer)
    }

    @Test("A command is an array of bulk strings")
    func simple() {
        #expect(encoded(RedisCommand("PING")) == "*1\r\n$4\r\nPING\r\n")
        #expect(
            encoded(RedisCommand("SET", "k", .string("é"), "EX", 10))
                == "*5\r\n$3\r\nSET\r\n$1\r\nk\r\n$2\r\né\r\n$2\r\nEX\r\n$2\r\n10\r\n")
    }

    @Test("Numbers are written in full, the extreme ones too", arguments: [
        0, 7, 9, 10, 99, 100, -1, -10, 1_234_567_890, Int.max, Int.min,
    ])
    func numbers(value: Int) {
        let text = "\(value)"
        #expect(encoded(RedisCommand("X", .integer(value))) == "*2\r\n$1\r\nX\r\n$\(text.utf8.count)\r\n\(text)\r\n")
    }

    @Test("Any arguments are written byte for byte as hiredis' own formatter writes them", arguments: 0..<10)
    func againstHiredis(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            var command = RedisCommand("NAME")
            var arguments: [[UInt8]] = [Array("NAME".utf8)]
            for _ in 0..<Int.random(in: 0...30, using: &generator) {
                let length = Int.random(in: 0...120, using: &generator)
                let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
                arguments.append(bytes)
                if Bool.random(using: &generator) {
                    command.append(bytes)
                } else {
                    var buffer = ByteBuffer(string: "before")
                    buffer.moveReaderIndex(to: buffer.writerIndex)
                    buffer.writeBytes(bytes)
                    command.append(buffer)
                }
            }
            var buffer = ByteBuffer()
            command.encode(into: &buffer)
            #expect(Array(buffer: buffer) == Self.hiredisForm(arguments), "seed \(seed)")
        }
    }

    private static func hiredisForm(_ arguments: [[UInt8]]) -> [UInt8] {
        let flat = arguments.flatMap { $0 }.map { CChar(bitPattern: $0) }
        var lengths = arguments.map(\.count)
        return flat.withUnsafeBufferPointer { all in
            var offset = 0
            var pointers: [UnsafePointer<CChar>?] = lengths.map { length in
                defer { offset += length }
                return all.baseAddress.map { $0 + offset }
            }
            var target: UnsafeMutablePointer<CChar>?
            let length = redisFormatCommandArgv(&target, Int32(lengths.count), &pointers, &lengths)
            defer { redisFreeCommand(target) }
            return (0..<Int(length)).map { UInt8(bitPattern: target?[$0] ?? 0) }
        }
    }

    @Test("A script's name is the SHA-1 of its source")
    func scriptName() {
        // From `printf 'return 1' | sha1sum`.
        #expect(RedisScript("return 1").sha1 == "e0e1f9fabfc9d4800c877a703b823ac0578ff8db")
    }
}
