package import GatewayCore
package import NIOCore

/// Providers that speak OpenAI's Responses API, such as OpenAI for its models that think.
package struct ResponsesProvider: ProviderDialect {
    package init() {}

    package var framing: StreamFraming { .serverSentEvents }

    package var credential: CredentialForm { .bearer }

    package var probe: ProviderProbe? { ProviderProbe(path: "/models") }

    package static var path: String { "/responses" }

    package func call(_ request: Conversation, model: ProviderModel) throws(GatewayError) -> ProviderCall {
        let written = try ResponsesRequestWriter.write(request, model: model)
        var call = ProviderCall(path: Self.path, body: written.body)
        call.dropped = written.dropped
        return call
    }

    package func answer(_ body: ByteBuffer) throws(ProviderFailure) -> Answer { try ResponsesAnswerReader.read(body) }

    package func stream() -> any AnswerStreamDecoder { ResponsesStreamReader() }

    package func failure(
        status: Int, headers: [(name: String, value: String)], body: ByteBuffer, now: Int64
    ) -> ProviderFailure {
        .classify(status: status, headers: headers, body: body, now: now)
    }
}
