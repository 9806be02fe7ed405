package import GatewayCore
package import NIOCore

/// Providers that speak OpenAI's Chat Completions.
package struct ChatCompletionsProvider: ProviderDialect {
    private let isOpenAI: Bool

    /// - Parameter isOpenAI: whether it is OpenAI itself or Azure, which refuse what others of this dialect take.
    package init(isOpenAI: Bool) { self.isOpenAI = isOpenAI }

    package var framing: StreamFraming { .serverSentEvents }

    package func call(_ request: Conversation, model: ProviderModel) throws(GatewayError) -> ProviderCall {
        let written = try ChatRequestWriter.write(
            request, model: model.name, for: isOpenAI ? .openAI : .compatible)
        var call = ProviderCall(path: OpenAIChat.path, body: written.body)
        call.dropped = written.dropped
        return call
    }

    package func answer(_ body: ByteBuffer) throws(ProviderFailure) -> Answer { try ChatAnswerReader.read(body) }

    package func stream() -> any AnswerStreamDecoder { ChatStreamReader() }

    package func failure(
        status: Int, headers: [(name: String, value: String)], body: ByteBuffer, now: Int64
    ) -> ProviderFailure {
        .classify(status: status, headers: headers, body: body, now: now)
    }
}
