package import GatewayCore
package import NIOCore

/// Clients that speak OpenAI's Responses API.
///
/// Each request must be whole. Thoughts go to the client as reasoning items whose `encrypted_content` carries the
/// provider's signatures, so that a client that sends its items back has sent everything back.
package struct ResponsesClient: ClientDialect {
    private let keepsResponses: Bool

    /// - Parameter keepsResponses: whether the caller resolves `previous_response_id`, see ``StoredResponse``; else it
    ///   is refused.
    package init(keepsResponses: Bool = false) { self.keepsResponses = keepsResponses }

    package func request(
        _ root: JSONElement, headers: [(name: String, value: String)]
    ) throws(GatewayError) -> Conversation {
        try ResponsesRequestReader.read(root, takesPrevious: keepsResponses)
    }

    package func body(of answer: Answer, to request: Conversation) -> ByteBuffer {
        let choice = answer.choices.first ?? AnswerChoice()
        let ids = ResponsesIDs(answer: answer.id)
        let object = ResponsesObject(
            request: request, ids: ids, model: answer.model, created: answer.created, serviceTier: answer.serviceTier)
        let status = ResponsesObject.Status(choice.finish)
        let items = ResponsesItem.items(of: choice, ids: ids)
        let output = items.enumerated().map { place, item in
            // Where an answer breaks off, it is its last item that does.
            item.json(status: status == .completed || place < items.count - 1 ? .completed : .incomplete)
        }
        var json = JSONWriter(capacity: 2048)
        object.write(status, output: output, usage: answer.usage, to: &json)
        return json.bytes
    }

    package func stream(of request: Conversation) -> any AnswerStreamEncoder { ResponsesStreamWriter(request: request) }

    package func body(of error: GatewayError) -> ByteBuffer { OpenAIErrorBody.json(error) }

    /// The id under which a request goes on from an earlier response; nil without one.
    package static func previousResponseID(_ root: JSONElement) -> String? { root["previous_response_id"]?.string }
}
