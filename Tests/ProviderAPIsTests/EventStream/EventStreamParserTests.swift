import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Event stream parsing")
struct EventStreamParserTests {
    /// A body and its events as `name|data`, by the rules of WHATWG HTML 9.2.6 (and the unfinished event at the end).
    static let table: [(body: String, events: [String])] = [
        ("", []),
        ("data: a\n\n", ["|a"]),
        ("data:a\n\n", ["|a"]),
        ("data:  a \n\n", ["| a "]),
        ("data: a\r\n\r\ndata: b\r\n\r\n", ["|a", "|b"]),
        ("data: a\r\rdata: b\r\r", ["|a", "|b"]),
        ("data: a\r\n\ndata: b\n\r\ndata: c\r\n\r", ["|a", "|b", "|c"]),
        ("data: a\ndata: b\ndata:\ndata: c\n\n", ["|a\nb\n\nc"]),
        ("data\n\n", ["|"]),
        ("data:\n\ndata: x\n\n", ["|", "|x"]),
        (": keep-alive\n\n: again\ndata: a\n\n", ["|a"]),
        (":\n\n\n\n", []),
        ("\u{FEFF}data: a\n\n", ["|a"]),
        ("\u{FEFF}\ndata: a\n\n", ["|a"]),
        ("data: a\n\n\u{FEFF}data: b\n\n", ["|a"]),
        ("event: ping\n\ndata: a\n\n", ["|a"]),
        ("event: error\ndata: {}\n\ndata: b\n\n", ["error|{}", "|b"]),
        ("event: x\nevent:\ndata: a\n\n", ["|a"]),
        ("id: 7\nretry: 10\nfoo: bar\ndata: a\ndatax: b\n data: c\n\n", ["|a"]),
        ("data: a: b:c\n\n", ["|a: b:c"]),
        ("data: é😀\u{2028}x\n\n", ["|é😀\u{2028}x"]),
        ("data: a\n\ndata: b\n", ["|a", "|b"]),
        ("data: a\n\ndata: b", ["|a", "|b"]),
        ("data: a\n\ndata: b\r", ["|a", "|b"]),
        ("data: a\n\nevent: x\n", ["|a"]),
        ("\n\n\ndata: a\n\n\n\n", ["|a"]),
    ]

    @Test("Every spelling of the format gives its events, wherever the body is cut", arguments: table)
    func spellings(body: String, events: [String]) throws {
        let bytes = Array(body.utf8)
        for pieces in ByteSplitter.everyPair(bytes) + [ByteSplitter.single(bytes)] {
            #expect(try Self.parse(pieces) == events, "cut as \(pieces.map(\.count))")
        }
    }

    @Test("Views into a larger buffer are parsed by their readable bytes")
    func views() throws {
        var buffer = ByteBuffer(string: "data: x\n\ndata: a\n\ndata: y")
        buffer.moveReaderIndex(forwardBy: 9)
        let slice = buffer.readSlice(length: 9)
        let view = try #require(slice)
        var parser = EventStreamParser()
        #expect(try parser.append(view) == [ServerSentEvent(data: ByteBuffer(string: "a"))])
    }

    @Test("An event over the limit is refused, those in front of it are kept, wherever the body is cut", arguments: [
        "data: ab\n\ndata: 0123456789", "data: ab\n\ndata: 01234\ndata: 56789\n\n", "data: ab\n\n: 01234567890123\n\n",
        "data: ab\n\nevent: 0123456789\ndata: a\n\n",
    ])
    func limit(body: String) {
        for pieces in ByteSplitter.everyPair(Array(body.utf8)) {
            var parser = EventStreamParser(limit: 15)
            var events: [ServerSentEvent] = []
            var failure: ProviderFailure?
            for piece in pieces + [[]] {
                do throws(ProviderFailure) {
                    events += try parser.append(ByteBuffer(bytes: piece))
                } catch {
                    failure = error
                }
            }
            #expect(events.map { String(buffer: $0.data) } == ["ab"])
            #expect(failure?.kind == .malformedAnswer)
            #expect(parser.finish() == nil)
            #expect(throws: ProviderFailure.self) { try parser.append(ByteBuffer(string: "data: b\n\n")) }
        }
    }

    @Test("An event of exactly the limit passes")
    func atLimit() throws {
        var parser = EventStreamParser(limit: 15)
        #expect(try parser.append(ByteBuffer(string: "data: 012345678\n\n")).count == 1)
    }

    @Test("Random bodies give the events that a plain reading of the standard gives", arguments: 0..<8 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let words = ["data", "event", ":", " ", "\n", "\r", "\r\n", "\n\n", "a", "é", "id", "\u{FEFF}", "data: x"]
        for _ in 0..<400 {
            let body = (0..<Int.random(in: 0..<30, using: &generator))
                .map { _ in words.randomElement(using: &generator) ?? "" }.joined()
            let bytes = Array(body.utf8)
            let pieces = ByteSplitter.random(bytes, longest: 7, using: &generator)
            #expect(try Self.parse(pieces) == PlainEventStream.events(bytes), "seed \(seed): \(body.debugDescription)")
        }
    }

    @Test("A frame carries its data through a parser unchanged", arguments: ["a", "", "{\"a\":\n 1}", "\n", "a\n\nb\n"])
    func frame(data: String) throws {
        let event = ServerSentEvent(data: ByteBuffer(string: data))
        var parser = EventStreamParser()
        #expect(try parser.append(ServerSentEvent.frame(event.data)) == [event])
        #expect(parser.finish() == nil)
    }

    private static func parse(_ pieces: [[UInt8]]) throws -> [String] {
        var parser = EventStreamParser()
        var events: [ServerSentEvent] = []
        for piece in pieces { events += try parser.append(ByteBuffer(bytes: piece)) }
        if let last = parser.finish() { events.append(last) }
        return events.map { "\($0.name ?? "")|\(String(buffer: $0.data))" }
    }
}
