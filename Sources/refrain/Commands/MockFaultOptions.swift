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

    @Option(help: ArgumentHelp("Retry-After of failures, in seconds.", valueName: "s"))
    var retryAfterS: String?

    @Option(help: ArgumentHelp("Requests let through in a window; the next get 429.", valueName: "count"))
    var rateLimit: String?

    @Option(help: ArgumentHelp("Length of that window, in milliseconds (60000 if not given).", valueName: "ms"))
    var rateWindowMs: String?

    @Option(help: ArgumentHelp("Close the socket after this many frames.", valueName: "count"))
    var cutAfterFrames: String?

    @Option(help: ArgumentHelp("Fall silent after this many frames.", valueName: "count"))
    var stallAfterFrames: String?

    @Option(help: ArgumentHelp("Send broken JSON in place of this frame.", valueName: "number"))
    var malformedFrame: String?

    @Option(help: ArgumentHelp("Send an error object in place of this frame and end there.", valueName: "number"))
    var errorFrame: String?

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
            (.closeBeforeHead, closeBeforeHead ? "true" : nil),
        ])
    }
}
