import Foundation
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Amazon's event stream is cut into events")
struct AmazonEventStreamParserTests {
    /// A whole stream that Amazon's own Python library reads as the events below.
    private static let stream = """
        AAAAdgAAAFKW1freCzpldmVudC10eXBlBwAMbWVzc2FnZVN0YXJ0DTpjb250ZW50LXR5cGUHABBhcHBsaWNhdGlvbi9qc29uDTptZXNzYWdl
        LXR5cGUHAAVldmVudHsicm9sZSI6ImFzc2lzdGFudCJ9b6jFmQAAAJQAAABXtKua7gs6ZXZlbnQtdHlwZQcAEWNvbnRlbnRCbG9ja0RlbHRh
        DTpjb250ZW50LXR5cGUHABBhcHBsaWNhdGlvbi9qc29uDTptZXNzYWdlLXR5cGUHAAVldmVudHsiY29udGVudEJsb2NrSW5kZXgiOjAsImRl
        bHRhIjp7InRleHQiOiJIaSJ9fR+URlcAAAB9AAAAVuZoD9YLOmV2ZW50LXR5cGUHABBjb250ZW50QmxvY2tTdG9wDTpjb250ZW50LXR5cGUH
        ABBhcHBsaWNhdGlvbi9qc29uDTptZXNzYWdlLXR5cGUHAAVldmVudHsiY29udGVudEJsb2NrSW5kZXgiOjB9sy5NNAAAAHoAAABRyixGZQs6
        ZXZlbnQtdHlwZQcAC21lc3NhZ2VTdG9wDTpjb250ZW50LXR5cGUHABBhcHBsaWNhdGlvbi9qc29uDTptZXNzYWdlLXR5cGUHAAVldmVudHsi
        c3RvcFJlYXNvbiI6ImVuZF90dXJuIn1fvwn8AAAAtAAAAE4RAR0qCzpldmVudC10eXBlBwAIbWV0YWRhdGENOmNvbnRlbnQtdHlwZQcAEGFw
        cGxpY2F0aW9uL2pzb24NOm1lc3NhZ2UtdHlwZQcABWV2ZW50eyJ1c2FnZSI6eyJpbnB1dFRva2VucyI6Mywib3V0cHV0VG9rZW5zIjoxLCJ0
        b3RhbFRva2VucyI6NH0sIm1ldHJpY3MiOnsibGF0ZW5jeU1zIjo5fX2HU82C
        """

    private static let events = [
        #"messageStart|{"role":"assistant"}"#,
        #"contentBlockDelta|{"contentBlockIndex":0,"delta":{"text":"Hi"}}"#,
        #"contentBlockStop|{"contentBlockIndex":0}"#, #"messageStop|{"stopReason":"end_turn"}"#,
        #"metadata|{"usage":{"inputTokens":3,"outputTokens":1,"totalTokens":4},"metrics":{"latencyMs":9}}"#,
    ]

    private func read(_ pieces: [[UInt8]], limit: Int = 1 << 16) throws -> [String] {
        var parser = AmazonEventStreamParser(limit: limit)
        var events: [String] = []
        for piece in pieces {
            for event in try parser.append(ByteBuffer(bytes: piece)) {
                events.append("\(event.name ?? "")|\(String(buffer: event.data))")
            }
        }
        #expect(parser.finish() == nil)
        return events
    }

    @Test("A stream of Amazon's own form gives its events, cut at every byte")
    func split() throws {
        let bytes = Array(try #require(Data(base64Encoded: Self.stream, options: .ignoreUnknownCharacters)))
        #expect(try read([bytes]) == Self.events)
        #expect(try read(ByteSplitter.single(bytes)) == Self.events)
        for pieces in ByteSplitter.everyPair(bytes) { #expect(try read(pieces) == Self.events) }
    }

    @Test("The vectors that Amazon publishes have good checksums; messages of no event are passed over")
    func vectors() throws {
        let empty: [UInt8] = [0, 0, 0, 16, 0, 0, 0, 0, 0x05, 0xC2, 0x48, 0xEB, 0x7D, 0x98, 0xC8, 0xFF]
        #expect(AmazonFrame.make(headers: [], payload: []) == empty)
        #expect(try read([empty + AmazonFrame.event("a", "{}")]) == ["a|{}"])
    }

    @Test("Headers of all types are stepped over")
    func headerTypes() throws {
        var headers: [UInt8] = []
        let lengths: [(UInt8, Int)] = [(0, 0), (1, 0), (2, 1), (3, 2), (4, 4), (5, 8), (8, 8), (9, 16)]
        for (type, length) in lengths { headers += [1, 0x78, type] + Array(repeating: 7, count: length) }
        headers += [1, 0x79, 6, 0, 3, 1, 2, 3]
        for (name, value) in [(":message-type", "event"), (":event-type", "e")] {
            headers += [UInt8(name.utf8.count)] + Array(name.utf8) + [7, 0, UInt8(value.utf8.count)] + Array(value.utf8)
        }
        #expect(try read([AmazonFrame.make(headers: headers, payload: [0x7B, 0x7D])]) == ["e|{}"])
    }

    @Test("Exceptions and errors keep their names")
    func exceptions() throws {
        let bytes =
            AmazonFrame.exception("throttlingException", #"{"message":"slow"}"#)
            + AmazonFrame.make(
                [(":message-type", "error"), (":error-code", "InternalFailure"), (":error-message", "m")], "")
        #expect(
            try read([bytes])
                == [#"throttlingException|{"message":"slow"}"#, #"error|{"code":"InternalFailure","message":"m"}"#])
    }

    @Test("Each changed byte is found, and what stood in front of it is kept")
    func damage() throws {
        let good = AmazonFrame.event("a", #"{"x":1}"#)
        for index in good.indices {
            var bad = good
            bad[index] ^= 0x10
            var parser = AmazonEventStreamParser(limit: 1 << 16)
            #expect(try parser.append(ByteBuffer(bytes: good + bad + good)).count == 1)
            #expect(throws: ProviderFailure.self) { try parser.append(ByteBuffer(bytes: good)) }
        }
    }

    @Test("A message over the limit fails before its bytes are waited for, and lengths that cannot be do too")
    func limits() {
        let large = AmazonFrame.event("a", String(repeating: "x", count: 1000))
        #expect(throws: ProviderFailure.self) { try read([Array(large.prefix(12))], limit: 500) }
        // 15 bytes in all, then headers longer than the message; good checksums both.
        let most = Array(repeating: 255 as UInt8, count: 8)
        for front in [[0, 0, 0, 15, 0, 0, 0, 0], [0, 0, 0, 16, 0, 0, 0, 1], most] {
            #expect(throws: ProviderFailure.self) {
                try read([front + AmazonFrame.checksum(front)], limit: 1 << 20)
            }
        }
    }

    /// How many events come in front of what is damaged.
    private func count(_ pieces: [[UInt8]]) -> Int {
        var parser = AmazonEventStreamParser()
        return pieces.reduce(0) { $0 + ((try? parser.append(ByteBuffer(bytes: $1)).count) ?? 0) }
    }

    @Test("Random bytes never trap", arguments: 0..<200 as Range<UInt64>)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var bytes = (0..<3).flatMap { AmazonFrame.event("e\($0)", "{}") }
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        let pieces = ByteSplitter.random(bytes, longest: 30, using: &generator)
        #expect(count(pieces) == count([bytes]), "seed \(seed)")
        // Headers of nonsense under good checksums.
        let nonsense = (0..<20).map { _ in UInt8.random(in: 0...255, using: &generator) }
        _ = try? read([AmazonFrame.make(headers: nonsense, payload: nonsense)])
    }
}
