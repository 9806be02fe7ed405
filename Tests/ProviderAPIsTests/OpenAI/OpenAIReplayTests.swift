import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("OpenAI replay")
struct OpenAIReplayTests {
    @Test("A stored answer becomes the frames OpenAI would send")
    func frames() throws {
        let answer = """
            {"id":"c1","object":"chat.completion","created":7,"model":"m","x":{"y":1},"choices":[{"index":0,
            "message":{"role":"assistant","content":"Hi you","refusal":null},"logprobs":null,"finish_reason":"stop"}],
            "usage":{"prompt_tokens":1,
             "completion_tokens":2},"service_tier":"default"}
            """
        let shared =
            #"data: {"object":"chat.completion.chunk","id":"c1","created":7,"model":"m","service_tier":"default""#
        func choice(_ delta: String, _ reason: String) -> String {
            #""choices":[{"index":0,"delta":{\#(delta)},"logprobs":null,"finish_reason":\#(reason)}]"#
        }
        let chunks = [
            #","x":{"y":1},"# + choice(#""role":"assistant","content":"","refusal":null"#, "null"),
            "," + choice(#""content":"Hi ""#, "null"), "," + choice(#""content":"you""#, "null"),
            "," + choice("", "\"stop\""),
        ]
        let body = ByteBuffer(string: answer)
        let plain = try OpenAIReplay.frames(of: body, includesUsage: false, piece: 2)
        #expect(plain.map { String(buffer: $0) } == chunks.map { "\(shared)\($0)}\n\n" } + ["data: [DONE]\n\n"])
        let counted = try OpenAIReplay.frames(of: body, includesUsage: true, piece: 2)
        let usage = #","choices":[],"usage":{"prompt_tokens":1, "completion_tokens":2}"#
        #expect(
            counted.map { String(buffer: $0) }
                == chunks.map { "\(shared)\($0),\"usage\":null}\n\n" } + ["\(shared)\(usage)}\n\n", "data: [DONE]\n\n"])
        #expect(OpenAIReplay.json(body, to: try AskingClient.stream(.chat)) == body)
    }

    @Test("Replaying and decoding gives the same answer", arguments: StreamFixture.table)
    func fixtures(fixture: StreamFixture) throws {
        try expectRoundTrip(fixture.answer, piece: nil, "\(fixture)")
        try expectRoundTrip(fixture.answer, piece: 1, "\(fixture)")
    }

    @Test("Replaying and decoding random answers gives the same answers", arguments: 0..<6 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let answer = RandomAnswer.make(using: &generator)
            let piece = Bool.random(using: &generator) ? Int.random(in: -1...30, using: &generator) : nil
            try expectRoundTrip(answer, piece: piece, "seed \(seed): \(answer)")
        }
    }

    @Test("Pieces are whole words where there are spaces, and whole characters everywhere", arguments: [
        ("one two three four", 4, ["one ", "two ", "three ", "four"]),
        ("a b c d e f", 3, ["a b ", "c d ", "e f"]),
        ("eins  zwei", 4, ["eins  ", "zwei"]),
        ("日本語日本語日", 3, ["日本語", "日本語", "日"]),
        ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2, ["👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]),
        ("aaaaaaaaaaaaaaaaaaaaa", 4, ["aaaa", "aaaa", "aaaaaaaaaaaaa"]),
        ("ab \u{301}cd ef", 3, ["ab \u{301}cd ", "ef"]), ("a", 20, ["a"]),
        ("a\r\nb\r\nc\r\n", 1, ["a", "\r\n", "b", "\r\n", "c\r\n"]),
    ])
    func pieces(text: String, size: Int, pieces: [String]) throws {
        var output = ByteBuffer(staticString: #"{"choices":[{"message":{"content":"#)
        output.writeJSONString(text)
        output.writeStaticString("}}]}")
        let frames = try OpenAIReplay.frames(of: output, includesUsage: false, piece: size)
        let found = try frames.dropFirst().dropLast(2).map { frame in
            let document = try JSONDocument(String(buffer: frame).replacing("data: ", with: ""))
            return document.root["choices"]?.elements.map { $0["delta"]?["content"]?.string }.first ?? nil
        }
        #expect(found == pieces)
    }

    @Test("What is no answer is refused", arguments: [
        "", "{", "[]", "{}", #"{"choices":{}}"#, #"{"choices":[1]}"#, #"{"choices":[{"message":null}]}"#,
    ])
    func noAnswer(json: String) {
        let failure = #expect(throws: ProviderFailure.self) {
            try OpenAIReplay.frames(of: ByteBuffer(string: json), includesUsage: true)
        }
        #expect(failure?.kind == .malformedAnswer)
    }

    private func expectRoundTrip(_ answer: String, piece: Int?, _ name: String) throws {
        let body = ByteBuffer(string: answer)
        let frames = try OpenAIReplay.frames(of: body, includesUsage: true, piece: piece)
        let stream = try DecodedStream(frames.map { Array($0.readableBytesView) })
        let again = try #require(stream.answer)
        // Every chunk says that it knows no probabilities, so the answer does, too.
        #expect(try Self.comparable(again.json) == Self.comparable(body), "\(name)")
        let unasked = try OpenAIReplay.frames(of: body, includesUsage: false, piece: piece)
        #expect(!unasked.contains { String(buffer: $0).contains("\"usage\"") })
    }

    private static func comparable(_ json: ByteBuffer) throws -> String {
        try Canonical.text(json).replacing(#""logprobs":null,"#, with: "")
    }
}
