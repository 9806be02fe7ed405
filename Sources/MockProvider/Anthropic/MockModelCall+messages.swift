extension MockModelCall {
    /// Anthropic's Messages and the counting of their tokens.
    func messages() throws(MockProviderError) -> MockReply {
        let isCounting = ticket.route == .countMessageTokens
        let prompt = try MockMessagesRequest(body: request.body, needsLimit: !isCounting).prompt
        if isCounting { return whole(["input_tokens": .number(prompt.promptTokens)]) }
        let turn = turn(prompt)
        guard prompt.isStreamed else { return whole(turn.message) }
        let failure = MockFailure.overloaded.anthropic.anthropicError(requestID: requestID)
        return stream(.list(turn.messageEvents(failure: failure)))
    }
}
