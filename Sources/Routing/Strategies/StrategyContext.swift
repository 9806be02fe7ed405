/// What a strategy must know of the request.
package struct StrategyContext: Sendable {
    /// Tokens the answer is expected to have.
    package var outputTokens: Int
    /// A hash of the caller's session or user that is the same in all replicas; nil if it has none.
    package var sessionKey: UInt64?
    /// For a request that is kept where its session is.
    var session: SessionChoice?
    /// For a request whose targets are chosen by what was learned of them.
    var learning: LearningRule?

    package init(outputTokens: Int, sessionKey: UInt64? = nil) {
        self.outputTokens = outputTokens
        self.sessionKey = sessionKey
    }
}
