package import GatewayCore
package import NIOCore

/// Clients that speak Anthropic's Messages.
package struct AnthropicClient: ClientDialect {
    package init() {}

    package func request(
        _ root: JSONElement, headers: [(name: String, value: String)]
    ) throws(GatewayError) -> Conversation { try MessagesRequestReader.read(root, headers: headers) }

    package func body(of answer: Answer, to request: Conversation) -> ByteBuffer {
        MessagesAnswerWriter(for: request).write(answer)
    }

    package func stream(of request: Conversation) -> any AnswerStreamEncoder { MessagesStreamWriter(for: request) }

    package func body(of error: GatewayError) -> ByteBuffer { MessagesErrorBody.json(error) }

    /// The status of an error answer: 529 for an overload and 402 for money that is used up, as clients of this
    /// dialect know them.
    package func status(of error: GatewayError) -> Int { MessagesErrorBody.status(of: error) }
}
