import ArgumentParser
import MockProvider

/// How the mock fails. Values are read by `MockBehavior`, as those of headers are.
struct MockFaultOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Share of requests that fail, from 0 to 1.", valueName: "share"))
    var errorRate: String?

    @Option(help: ArgumentHelp("Status of those failures (500 if not given).", valueName: "status"))
    var errorStatus: String?

    @Option(help: ArgumentHelp("Answer every request by this status, from 400 to 599.", valueName: "status"))
    var status: String?

    @Option(help: ArgumentHelp(
        "Answer every request by this failure in the dialect's own status and words: "
            + MockFailure.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "failure"))
    var failure: String?

    @Option(help: ArgumentHelp("When failures say to come again, in seconds.", valueName: "s"))
    var retryAfterS: String?

    @Option(help: ArgumentHelp(
        "How they say it: " + MockRetryAfterForm.allCases.map(\.rawValue).joined(separator: ", ")
            + " (Google's dialect retry-info, the others seconds, if not given).", valueName: "form"))
    var retryAfterForm: String?

    @Option(help: ArgumentHelp("Requests let through in a window; the next get 429.", valueName: "count"))
    var rateLimit: String?

    @Option(help: ArgumentHelp("Tokens let through in that window, by the length of bodies.", valueName: "count"))
    var rateTokens: String?

    @Option(help: ArgumentHelp("Length of that window, in milliseconds (60000 if not given).", valueName: "ms"))
    var rateWindowMs: String?

    @Option(help: ArgumentHelp("Close the socket after this many frames.", valueName: "count"))
    var cutAfterFrames: String?

    @Option(help: ArgumentHelp("Fall silent after this many frames.", valueName: "count"))
    var stallAfterFrames: String?

    @Option(help: ArgumentHelp("Send a broken frame in place of this one.", valueName: "number"))
    var malformedFrame: String?

    @Option(help: ArgumentHelp("Send an error object in place of this frame and end there.", valueName: "number"))
    var errorFrame: String?

    @Flag(help: "The same in place of the first frame with content, behind all that only open the stream.")
    var errorAfterLifecycle = false

    @Flag(help: "End streams as if whole, but without finish reason, usage and terminal.")
    var missingTerminal = false

    @Option(help: ArgumentHelp(
        "Send pings, so many milliseconds apart, in place of the first frame with content, and no end.",
        valueName: "ms"))
    var pingsMs: String?

    @Flag(help: "Close the socket before any byte of an answer.")
    var closeBeforeHead = false

    func validate() throws {
        var behavior = MockBehavior()
        try apply(to: &behavior)
    }

    func apply(to behavior: inout MockBehavior) throws {
        try behavior.set([
            (.errorRate, errorRate), (.errorStatus, errorStatus), (.forcedStatus, status), (.retryAfter, retryAfterS),
            (.rateLimit, rateLimit), (.rateWindow, rateWindowMs), (.cutAfterFrames, cutAfterFrames),
            (.stallAfterFrames, stallAfterFrames), (.malformedFrame, malformedFrame), (.errorFrame, errorFrame),
            (.closeBeforeHead, closeBeforeHead ? "true" : nil), (.failure, failure),
            (.retryAfterForm, retryAfterForm), (.rateTokens, rateTokens),
            (.errorAfterLifecycle, errorAfterLifecycle ? "true" : nil),
            (.missingTerminal, missingTerminal ? "true" : nil), (.pings, pingsMs),
        ])
    }
}
