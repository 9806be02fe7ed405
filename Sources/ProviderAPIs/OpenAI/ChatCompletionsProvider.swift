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
    private let habits: ChatServerHabits

    /// - Parameter baseURL: tells whose server a compatible one is, as far as that matters.
    package init(_ server: Server, baseURL: String = "") {
        self.server = server
        habits = server == .compatible ? .of(baseURL: baseURL) : .openAI
    }

    /// A target's provider.
    package init(_ target: Target) {
        switch target.api {
        case .openAI: self.init(.openAI)
        case .azure: self.init(.azure(version: target.place.version))
        default: self.init(.compatible, baseURL: target.baseURL)
        }
    }

    package var framing: StreamFraming { .serverSentEvents }

    package var credential: CredentialForm {
        if case .azure = server { .header("api-key") } else { .bearer }
    }

    /// Azure's older API lists models, and not the deployments that are called.
    package var probe: ProviderProbe? {
        if case .azure(_?) = server { nil } else { ProviderProbe(path: "/models") }
    }

    /// Where requests go, behind the base URL. Azure's older API names the deployment in the path.
    package func path(model: String) -> String {
        guard case .azure(let version?) = server else { return "/chat/completions" }
        return "/openai/deployments/\(PathSegment.encode(model[...]))/chat/completions?api-version=\(version)"
    }

    package func call(_ request: Conversation, model: ProviderModel) throws(GatewayError) -> ProviderCall {
        let written = try ChatRequestWriter.write(
            request, model: model, for: server == .compatible ? .compatible : .openAI, habits: habits)
        var call = ProviderCall(path: path(model: model.name), body: written.body)
        call.dropped = written.dropped
        return call
    }

    /// A call for a client of the same dialect: its own bytes, with the model's name at the provider and without what
    /// the server refuses.
    /// - Parameter capabilities: of the model, where they are known.
    /// - Throws: `invalidRequest` for more answers than the server gives.
    package func call(
        passing request: ChatRequest, model: String, capabilities: ModelCapabilities? = nil
    ) throws(GatewayError) -> ProviderCall {
        var known = ProviderModel(name: model)
        known.capabilities = capabilities
        let passed = try ChatPassage.body(request, model: model, habits: habits(before: known))
        var call = ProviderCall(path: path(model: model), body: passed.body)
        call.dropped = passed.dropped
        return call
    }

    private func habits(before model: ProviderModel) -> ChatServerHabits {
        guard habits == .openAI else { return habits }
        switch OpenAIModelRules(model).thinking {
        case .never, .unknown: return habits
        case .always, .asTold:
            var own = habits
            own.parameters = .newerLimit
            return own
        }
    }

    package func answer(_ body: ByteBuffer) throws(ProviderFailure) -> Answer { try ChatAnswerReader.read(body) }

    package func stream() -> any AnswerStreamDecoder { ChatStreamReader() }

    package func failure(
        status: Int, headers: [(name: String, value: String)], body: ByteBuffer, now: Int64
    ) -> ProviderFailure {
        .classify(status: status, headers: headers, body: body, now: now)
    }
}
