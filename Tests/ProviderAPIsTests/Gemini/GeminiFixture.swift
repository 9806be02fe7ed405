import GatewayCore
import Testing

/// A stream of Gemini in its wire format, the answer it makes, and the same answer as it comes without streaming.
struct GeminiFixture: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The data of each event.
    let chunks: [String]
    /// The body of `generateContent` for the same answer.
    let whole: String
    let answer: Answer

    /// What every chunk ends with.
    static let tail = #""modelVersion":"gemini-2.5-flash","responseId":"Zx7-a_1""#

    init(_ name: String, chunks: [String], whole: String, _ fill: (inout Answer) -> Void) {
        testDescription = name
        self.chunks = chunks.map { $0.replacing("~", with: Self.tail) }
        self.whole = whole.replacing("~", with: Self.tail)
        var answer = Answer()
        answer.id = "Zx7-a_1"
        answer.model = "gemini-2.5-flash"
        fill(&answer)
        self.answer = answer
    }

    /// Gemini ends its lines with a carriage return and a line feed.
    var body: String { chunks.map { "data: \($0)\r\n\r\n" }.joined() }

    /// One choice.
    static func choice(
        _ parts: [ContentPart.Content], _ finish: FinishReason, _ native: String
    ) -> AnswerChoice {
        var choice = AnswerChoice()
        choice.parts = parts.map { ContentPart($0) }
        choice.finish = finish
        choice.nativeFinish = native
        return choice
    }
}
