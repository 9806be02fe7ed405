extension MockModelCall {
    /// Amazon Bedrock's Converse and ConverseStream.
    func converse() throws(MockProviderError) -> MockReply {
        let turn = turn(try MockConverseRequest(try MockJSON(body: request.body), model: model).prompt)
        let isBlocked = behavior.failure == .contentPolicy
        guard ticket.route == .converseStream else {
            return whole(isBlocked ? turn.blockedConverseOutput : turn.converseOutput)
        }
        let events = isBlocked ? turn.blockedConverseEvents : turn.converseEvents
        return stream(.list(events), as: MockResponseHead.amazonEventStream)
    }
}
