import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Every recorded stream, replayed to every client")
struct ReplayMatrixTests {
    /// What names the answer in a stream.
    private func name(in stream: String, of api: ClientAPI) throws -> String? {
        for line in stream.split(separator: "\n") where line.hasPrefix("data: {") {
            let root = try JSONDocument(String(line.dropFirst(6))).root
            let name: String? =
                switch api {
                case .chat: root["id"]?.string
                case .messages: root["message"]?["id"]?.string
                case .responses: root["response"]?["id"]?.string
                }
            // Some servers send a chunk that is about nothing in front.
            if let name, !name.isEmpty { return name }
        }
        return nil
    }

    @Test("A replay equals the stream it was recorded from: texts, calls, ending, usage, name; in pieces of any size",
          arguments: AnswerFixture.all)
    func equalsRecorded(_ fixture: AnswerFixture) throws {
        for api in ClientAPI.allCases {
            let request = try AskingClient.stream(api)
            guard let (sent, answer) = try fixture.recorded(by: api) else { continue }
            let recorded = try ClientView.read(stream: sent, as: api)
            for piece in [nil, 1, 20] {
                let replay = try AnswerReplay.frames(of: answer.json, to: request, piece: piece)
                    .reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) }
                var found = try ClientView.read(stream: String(buffer: replay), as: api)
                // Some streams of Messages count the prompt in their first event alone, where the view does not look.
                if api == .messages, recorded.usage?.input == 0 { found.usage?.input = 0 }
                #expect(found == recorded, "\(api), pieces of \(piece ?? 0): \(String(buffer: replay))")
                #expect(try name(in: String(buffer: replay), of: api) == name(in: sent, of: api), "\(api)")
            }
        }
    }

    @Test("One provider's recorded stream is the same answer to clients of the other dialects",
          arguments: AnswerFixture.all)
    func equalsAcross(_ fixture: AnswerFixture) throws {
        for recorded in ClientAPI.allCases {
            guard let answer = try fixture.recorded(by: recorded)?.answer else { continue }
            for api in ClientAPI.allCases {
                let request = try AskingClient.stream(api)
                let replay = try AnswerReplay.frames(of: answer.json, to: request)
                    .reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) }
                var found = try ClientView.read(stream: String(buffer: replay), as: api)
                let expected = try fixture.expected(by: api)
                if expected.usage == nil { found.usage = nil }
                #expect(found == expected, "recorded by \(recorded), replayed to \(api)")
            }
        }
    }

    /// The fixtures whose streams leave nothing to compare are passed over above: these must not be among them.
    @Test("A stream of every kind of answer is kept whole, from every provider and for every client",
          arguments: Wire.allCases)
    func compares(_ wire: Wire) throws {
        let kinds = ["plain", "tools", "parallel-tools", "json-schema", "length", "cached-usage"]
        for api in ClientAPI.allCases {
            let kept = try AnswerFixture.all.filter { try $0.wire == wire && $0.recorded(by: api) != nil }.map(\.name)
            #expect(!kept.isEmpty, "\(api)")
            // What other servers of the dialect do otherwise is all that their folder has.
            for kind in kinds where wire != .compatible { #expect(kept.contains(kind), "\(api), \(kind)") }
        }
    }

    @Test("Of several choices, interleaved as they came, each is replayed whole: text, calls and why it ended",
          arguments: [nil, 1, 20])
    func severalChoices(piece: Int?) throws {
        func chunk(_ choice: Int, _ delta: String, finish: String = "null") -> String {
            #"{"id":"c-9","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":\#(choice),"#
                + #""delta":\#(delta),"finish_reason":\#(finish)}]}"#
        }
        let call = #"{"tool_calls":[{"index":0,"id":"t1","type":"function","#
            + #""function":{"name":"find","arguments":""}}]}"#
        let chunks = [
            chunk(0, #"{"role":"assistant","content":""}"#), chunk(1, #"{"role":"assistant","content":""}"#),
            chunk(1, #"{"content":"second "}"#), chunk(0, #"{"content":"first "}"#), chunk(2, call),
            chunk(2, #"{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}}]}"#),
            chunk(0, #"{"content":"answer"}"#), chunk(1, #"{"content":"answer, naïve 👩‍👩‍👧"}"#),
            chunk(2, #"{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}"#),
            chunk(1, "{}", finish: #""length""#), chunk(0, "{}", finish: #""stop""#),
            chunk(2, "{}", finish: #""tool_calls""#),
            #"{"id":"c-9","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"#
                + #""usage":{"prompt_tokens":3,"completion_tokens":9,"total_tokens":12}}"#, "[DONE]",
        ]
        let recorded = try DecodedStream(chunks.map { Array("data: \($0)\n\n".utf8) })
        let json = try #require(recorded.answer?.json)
        let frames = try AnswerReplay.frames(of: json, to: AskingClient.stream(.chat), piece: piece)
        let replayed = try #require(try DecodedStream(frames.map { Array($0.readableBytesView) }).answer)
        // Every chunk of a replay says that it knows no probabilities, so the answer does, too.
        let canonical = try [replayed.json, json].map {
            try Canonical.text($0).replacing(#""logprobs":null,"#, with: "")
        }
        #expect(canonical[0] == canonical[1])
        let choices = try JSONDocument(replayed.json).root["choices"]
        let texts = choices?.elements.map { $0["message"]?["content"]?.string ?? "" }
        #expect(texts == ["first answer", "second answer, naïve 👩‍👩‍👧", ""])
        #expect(replayed.finishReasons == ["stop", "length", "tool_calls"])
        #expect(replayed.usage == recorded.answer?.usage && replayed.usage?.completionTokens == 9)
    }
}
