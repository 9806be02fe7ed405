import GatewayCore
import Testing

/// A ConverseStream, the answer it makes, and the same answer as Converse gives it.
struct BedrockFixture: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Name and payload of each event.
    let events: [(String, String)]
    let whole: String
    let answer: Answer

    init(_ name: String, events: [(String, String)], whole: String, _ fill: (inout Answer) -> Void) {
        testDescription = name
        self.events = events
        self.whole = whole
        var answer = Answer()
        fill(&answer)
        self.answer = answer
    }

    /// The bytes of the stream.
    var body: [UInt8] { frames.flatMap { $0 } }
    var frames: [[UInt8]] { events.map { AmazonFrame.event($0.0, $0.1) } }

    static func choice(
        _ parts: [ContentPart.Content], _ finish: FinishReason, _ native: String, stop: String? = nil
    ) -> AnswerChoice {
        var choice = AnswerChoice()
        choice.parts = parts.map { ContentPart($0) }
        choice.finish = finish
        choice.nativeFinish = native
        choice.stopSequence = stop
        return choice
    }
}
