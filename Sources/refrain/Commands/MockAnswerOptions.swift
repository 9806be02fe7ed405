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

    @Flag(help: "Write the time at which a frame of a stream is sent over the first @0000000000000000000; of its text.")
    var stampFrames = false

    @Option(help: ArgumentHelp("Refuse with these words, in the dialect's way.", valueName: "text"))
    var refusal: String?

    @Option(
        help: ArgumentHelp("Length of thinking where a request asks for it (16 if not given).", valueName: "count"))
    var thinkingTokens: String?

    @Option(help: ArgumentHelp("Prompt tokens said to be read from a cache, at most.", valueName: "count"))
    var cachedTokens: String?

    @Option(
        help: ArgumentHelp(
            "Prompt tokens said to be written to it (what is marked, if not given).", valueName: "count"))
    var cacheWriteTokens: String?

    @Option(help: ArgumentHelp("Finish reason to send, in the dialect's own word.", valueName: "reason"))
    var finishReason: String?

    @Option(help: ArgumentHelp("Answer by a call of this function, or of several, by commas.", valueName: "names"))
    var toolCall: String?

    @Option(
        help: ArgumentHelp("Arguments of those calls, as JSON (made from the schema if not given).", valueName: "json"))
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
            (.embeddingDimension, embeddingDimension), (.refusal, refusal), (.thinkingTokens, thinkingTokens),
            (.cachedTokens, cachedTokens), (.cacheWriteTokens, cacheWriteTokens),
            (.stampFrames, stampFrames ? "true" : nil),
        ])
    }
}
