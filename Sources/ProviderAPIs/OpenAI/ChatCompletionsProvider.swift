package import GatewayCore
package import NIOCore

/// Providers that speak OpenAI's Chat Completions.
package struct ChatCompletionsProvider: ProviderDialect {
    /// Whose server it is.
    package enum Server: Sendable, Equatable {
        case openAI
        /// - Parameter version: `api-version`; nil for Azure's API that has none.
        case azure(version: String?)
        /// One of the many others.
        case compatible
    }

    private let server: Server

    package init(_ server: Server) { self.server = server }

    package var framing: StreamFraming { .serverSentEvents }

    package var credential: CredentialForm {
        if case .azure = server { .header("api-key") } else { .bearer }
    }

    /// Where requests go, behind the base URL. Azure's older API names the deployment in the path.
    package func path(model: String) -> String {
        guard case .azure(let version?) = server else { return "/chat/completions" }
        return "/openai/deployments/\(model)/chat/completions?api-version=\(version)"
    }

    package func call(_ request: Conversation, model: ProviderModel) throws(GatewayError) -> ProviderCall {
        let written = try ChatRequestWriter.write(
            request, model: model.name, for: server == .compatible ? .compatible : .openAI)
        var call = ProviderCall(path: path(model: model.name), body: written.body)
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
