package import GatewayCore
package import NIOCore

/// Clients that speak OpenAI's Chat Completions.
package struct ChatCompletionsClient: ClientDialect {
    package init() {}

    package func request(
        _ root: JSONElement, headers: [(name: String, value: String)]
    ) throws(GatewayError) -> Conversation { try ChatRequestReader.read(root) }

    package func body(of answer: Answer, to request: Conversation) -> ByteBuffer {
        let json = ChatAnswerWriter.write(answer)
        return request.usesFunctions ? FunctionCalls.spelled(in: json) : json
    }

    package func stream(of request: Conversation) -> any AnswerStreamEncoder {
        ChatStreamWriter(includesUsage: request.wantsStreamUsage, usesFunctions: request.usesFunctions)
    }

    package func body(of error: GatewayError) -> ByteBuffer { OpenAIErrorBody.json(error) }
}
