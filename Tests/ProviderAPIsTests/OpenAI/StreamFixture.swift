import Testing

/// A stream and the answer the same provider would have given without streaming, written side by side by hand.
struct StreamFixture: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Each chunk's data; `~` stands for the members all chunks of the fixture share.
    let chunks: [String]
    /// The steps they make when the client asked for usage: see ``DecodedStream/steps``.
    let steps: String
    let answer: String

    static let envelope = #""id":"c1","created":7,"model":"m","system_fingerprint":"fp""#

    /// The body of the stream, with its end.
    var body: String { framed + "data: [DONE]\n\n" }

    /// The body of the stream without its end.
    var framed: String { chunks.map { "data: \(Self.expand($0))\n\n" }.joined() }

    var expected: String { Self.expand(answer) }

    private static func expand(_ text: String) -> String {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        return parts.joined(separator: envelope)
    }
}
