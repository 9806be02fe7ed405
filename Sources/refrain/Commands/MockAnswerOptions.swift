import ArgumentParser
import MockProvider

/// What the mock answers and how fast. Values are read by `MockBehavior`, as those of headers are.
struct MockAnswerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Time before the first byte, in milliseconds.", valueName: "ms"))
    var latencyMs: String?

    @Option(help: ArgumentHelp("Random time added to the latency, at most, in milliseconds.", valueName: "ms"))
    var jitterMs: String?

    @Option(help: ArgumentHelp("Time before each token of a stream, in milliseconds.", valueName: "ms"))
    var tokenMs: String?

    @Option(help: ArgumentHelp("Length of an answer, in tokens (32 if not given).", valueName: "count"))
    var answerTokens: String?

    @Option(help: ArgumentHelp("Text to answer instead of a made-up one.", valueName: "text"))
    var answer: String?

    @Option(help: ArgumentHelp("Finish reason to send, as 'length' or 'content_filter'.", valueName: "reason"))
    var finishReason: String?

    @Option(help: ArgumentHelp("Answer by a call of this function.", valueName: "name"))
    var toolCall: String?

    @Option(help: ArgumentHelp("Arguments of that call, as JSON ({} if not given).", valueName: "json"))
    var toolArguments: String?

    @Option(
        help: ArgumentHelp("Length of vectors where a request names none (384 if not given).", valueName: "count"))
    var embeddingDimension: String?

    func validate() throws {
        var behavior = MockBehavior()
        try apply(to: &behavior)
    }

    func apply(to behavior: inout MockBehavior) throws {
        try behavior.set([
            (.latency, latencyMs), (.jitter, jitterMs), (.tokenPace, tokenMs), (.answerTokens, answerTokens),
            (.answer, answer), (.finishReason, finishReason), (.toolCall, toolCall), (.toolArguments, toolArguments),
            (.embeddingDimension, embeddingDimension),
        ])
    }
}
