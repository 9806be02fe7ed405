import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Every provider's answers before every client")
struct AnswerMatrixTests {
    @Test("A client makes of a whole answer, and of a hit of it, what its provider said", arguments: AnswerFixture.all)
    func whole(_ fixture: AnswerFixture) throws {
        guard let whole = try fixture.file["whole"] else { return }
        for api in ClientAPI.allCases {
            let request = try AskingClient.stream(api)
            let (answer, passed) = try TargetTranslation(request, for: fixture.wire.target)
                .answer(ByteBuffer(string: whole)) { AnswerFixture.identity }
            let body = try passed ?? AnswerReplay.body(of: answer.json, to: request)
            try expect(fixture, api, String(buffer: body)) { try .read(body: $0, as: api) }
            guard answer.isComplete else { continue }
            let hit = try AnswerReplay.frames(of: answer.json, to: request)
                .reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) }
            try expect(fixture, api, String(buffer: hit)) { try .read(stream: $0, as: api) }
        }
    }

    @Test("A client makes of a stream, and of a hit of it, what its provider said", arguments: AnswerFixture.all)
    func stream(_ fixture: AnswerFixture) throws {
        for api in ClientAPI.allCases {
            let request = try AskingClient.stream(api)
            guard let (sent, answer) = try fixture.relayed(to: request) else { return }
            try expect(fixture, api, sent) { try .read(stream: $0, as: api) }
            guard let answer, answer.isComplete else { continue }
            let body = try AnswerReplay.body(of: answer.json, to: request)
            try expect(fixture, api, String(buffer: body)) { try .read(body: $0, as: api) }
        }
    }

    /// The decoders see events and no bytes, so events that are the same make the same answer.
    @Test("Bytes divided at any place are the same events", arguments: AnswerFixture.all)
    func divided(_ fixture: AnswerFixture) throws {
        guard let frames = try fixture.frames() else { return }
        var whole = fixture.wire.parser
        var single = fixture.wire.parser
        for (index, frame) in frames.enumerated() {
            let before = whole
            let events = try whole.append(ByteBuffer(bytes: frame))
            for split in 1..<frame.count {
                var divided = before
                let found = try divided.append(ByteBuffer(bytes: frame[..<split]))
                    + divided.append(ByteBuffer(bytes: frame[split...]))
                if found != events { Issue.record("frame \(index) divided at \(split)") }
            }
            var bytewise: [ServerSentEvent] = []
            for byte in frame { bytewise += try single.append(ByteBuffer(bytes: [byte])) }
            #expect(bytewise == events)
        }
    }

    @Test("Every provider has fixtures of every kind of answer, whole and streamed", arguments: Wire.allCases)
    func complete(_ wire: Wire) throws {
        // What other servers of the dialect do otherwise is all that their folder has.
        if wire == .compatible { return }
        let cases = [
            "plain", "tools", "parallel-tools", "json-schema", "thinking", "refusal", "length", "cached-usage",
        ]
        for name in cases {
            let file = try AnswerFixture(wire: wire, name: name).file
            #expect(file["whole"] != nil && file["stream"] != nil && file["client"] != nil, "\(name)")
        }
    }

    private func expect(
        _ fixture: AnswerFixture, _ api: ClientAPI, _ said: String, _ read: (String) throws -> ClientView
    ) throws {
        let expected = try fixture.expected(by: api)
        do {
            var found = try read(said)
            if expected.usage == nil { found.usage = nil }
            #expect(found == expected, "\(api): \(said)")
        } catch {
            Issue.record("\(api): \(error) in \(said)")
        }
    }
}
