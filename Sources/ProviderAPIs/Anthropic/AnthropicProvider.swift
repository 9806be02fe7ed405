package import GatewayCore
package import NIOCore

/// Anthropic, and servers that speak its Messages. The base URL is that in front of `/v1`.
package struct AnthropicProvider: ProviderDialect {
    package init() {}

    /// Where messages are asked for.
    package static let path = "/v1/messages"

    package var framing: StreamFraming { .serverSentEvents }

    package var credential: CredentialForm { .header("x-api-key") }

    package var probe: ProviderProbe? {
        ProviderProbe(path: "/v1/models?limit=1", headers: AnthropicHeaders.plain())
    }

    package func call(_ request: Conversation, model: ProviderModel) throws(GatewayError) -> ProviderCall {
        try MessagesRequestWriter.write(request, model: model)
    }

    /// A call for a client of the same dialect: its own bytes and headers, with the model's name at the provider.
    /// - Parameter root: the client's body, an object.
    package func call(
        passing root: JSONElement, headers: [(name: String, value: String)], model: String
    ) -> ProviderCall {
        MessagesPassage.call(path: Self.path, root, headers: headers, model: model)
    }

    package func answer(_ body: ByteBuffer) throws(ProviderFailure) -> Answer { try MessagesAnswerReader.read(body) }

    package func stream() -> any AnswerStreamDecoder { MessagesStreamReader() }

    package func failure(
        status: Int, headers: [(name: String, value: String)], body: ByteBuffer, now: Int64
    ) -> ProviderFailure {
        .anthropic(status: status, headers: headers, body: body, now: now)
    }
}
