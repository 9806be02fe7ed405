extension MockModelCall {
    /// OpenAI's Responses and the counting of their tokens.
    func responses() throws(MockProviderError) -> MockReply {
        let request = try MockResponsesRequest(body: request.body)
        if ticket.route == .countResponseTokens {
            return whole(["object": "response.input_tokens", "input_tokens": .number(request.prompt.promptTokens)])
        }
        let turn = turn(request.prompt)
        guard request.prompt.isStreamed else { return whole(MockResponseObject(turn, for: request).whole) }
        return stream(.list(MockResponseEvents.list(turn, for: request, errorFrame: behavior.errorFrame)))
    }
}
