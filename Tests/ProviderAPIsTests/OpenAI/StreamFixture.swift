import Testing

/// A stream and the answer the same provider would have given without streaming, written side by side by hand.
struct StreamFixture: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Each chunk's data; `~` stands for the members all chunks of the fixture share.
    let chunks: [String]
    /// The steps they make when the client asked for usage: see ``DecodedStream/steps``.
    let steps: String
    let answer: String

    private static let envelope = #""id":"c1","created":7,"model":"m","system_fingerprint":"fp""#

    /// - Parameter chunks: one a line; a line that begins with a space goes on with the chunk in front of it.
    init(testDescription: String, chunks: String, steps: String, answer: String) {
        self.testDescription = testDescription
        self.chunks = Self.expand(chunks).split(separator: "\n").map(String.init)
        self.steps = steps
        self.answer = Self.expand(answer)
    }

    /// The body of the stream, with its end.
    var body: String { framed + "data: [DONE]\n\n" }

    /// The body of the stream without its end.
    var framed: String { chunks.map { "data: \($0)\n\n" }.joined() }

    private static func expand(_ text: String) -> String {
        text.replacing("\n  ", with: "").replacing("~", with: envelope)
    }
}
