package import GatewayCore

/// What went over the wire in a call that did not end with an answer, to tell what it used: providers charge for what
/// they have begun.
package struct CallTraffic: Sendable {
    /// Bytes of the request.
    package var sent: Int
    /// Bytes of the answer's content.
    package var received: Int
    /// As the provider counted, if it came that far.
    package var usage: TokenUsage?

    package init(sent: Int, received: Int = 0, usage: TokenUsage? = nil) {
        self.sent = sent
        self.received = received
        self.usage = usage
    }

    /// What it used: as counted, else by estimate.
    /// - Parameter input: as estimated before the call; of a request that nobody looked into, 0.
    func usage(input: Int) -> TokenUsage {
        if let usage { return usage }
        return TokenUsage(
            promptTokens: input > 0 ? input : Self.tokens(sent), completionTokens: Self.tokens(received))
    }

    /// Rounded up, at the bytes that a token of plain text has before anything is learned.
    private static func tokens(_ bytes: Int) -> Int { bytes / 4 + (bytes.isMultiple(of: 4) ? 0 : 1) }
}
