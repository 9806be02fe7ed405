package import GatewayCore
package import NIOCore

/// How one request is said to one target, and how the target's answer comes back to the client.
///
/// Where both speak one dialect the client's bytes pass, changed in what must change alone; else the request goes
/// through the form between all dialects. Pure.
package struct TargetTranslation: Sendable {
    private let request: ChatRequest
    private let target: Target
    private let provider: any ProviderDialect
    private let passes: Bool

    package init(_ request: ChatRequest, for target: Target) {
        self.request = request
        self.target = target
        provider = ProviderDialects.dialect(of: target)
        passes = request.api.isSpoken(by: target.api)
    }

    /// The model's name at the provider.
    package var model: String { target.model }
    package var framing: StreamFraming { provider.framing }
    package var credential: CredentialForm { provider.credential }

    /// What is sent.
    /// - Throws: `invalidRequest` for what this target cannot be told.
    package func call() throws(GatewayError) -> ProviderCall {
        try target.checkModelName()
        if passes, let call = try passedCall() { return try told(call) }
        if request.api == .messages, let root = request.origin?.document?.root { try MessagesThread.refuse(root) }
        let conversation = try request.conversation()
        if request.api == .responses, target.api != .responses { try ResponsesPrompt.refuse(conversation) }
        return try told(try translated(conversation.restoring(request.callThoughts)))
    }

    /// - Returns: the call, with the client's names for what is not in it.
    private func translated(_ conversation: Conversation) throws(GatewayError) -> ProviderCall {
        let names = names(in: conversation)
        do throws(GatewayError) {
            var call = try written(conversation)
            call.dropped = names.names(of: call.dropped)
            return call
        } catch {
            throw names.naming(error)
        }
    }

    private func written(_ conversation: Conversation) throws(GatewayError) -> ProviderCall {
        var model = ProviderModel(name: target.model)
        model.capabilities = target.capabilities
        model.maxOutputTokens = target.maxOutputTokens
        model.clampsValues = target.dropsParameters
        try NamedReferences(allowed: target.references).check(conversation)
        return try provider.call(conversation, model: model)
    }

    /// What the client calls what a translation speaks of. Where a template or an earlier response stands in front of
    /// what it wrote, nobody can tell its places.
    private func names(in conversation: Conversation) -> ClientNames {
        let written = request.template == nil ? request.document.root : nil
        let root = request.origin.map { $0.document?.root } ?? written
        return ClientNames(request.api, root: root, conversation: conversation)
    }

    /// - Throws: `invalidRequest` for a call that leaves out what must not be left out.
    private func told(_ call: ProviderCall) throws(GatewayError) -> ProviderCall {
        guard !target.dropsParameters, let name = call.dropped.first else { return call }
        throw GatewayError(
            .invalidRequest, "the provider of this model has no parameter like '\(name)'", parameter: name)
    }

    /// The whole answer, and its bytes where they pass to the client as they are.
    package func answer(
        _ body: ByteBuffer, identity: () -> AnswerIdentity
    ) throws(ProviderFailure) -> (answer: ChatAnswer, passed: ByteBuffer?) {
        if passes, request.api == .chat { return (try OpenAIChat.decode(body), nil) }
        let answer = identity().completing(try provider.answer(body))
        return (ChatAnswer(answer), passes ? body : nil)
    }

    /// The stream, from its beginning.
    package func relay(identity: () -> AnswerIdentity) -> any AnswerRelay {
        if passes, request.api == .chat { return OpenAIStreamDecoder(keepsUsage: request.wantsStreamUsage) }
        let encoder = request.client.stream(of: request.origin?.conversation ?? request.streamOptions)
        return StreamRelay(
            passes ? .passing : .translating, from: provider.stream(), to: encoder, identity: identity())
    }

    /// A refusal. The provider's own words pass only to clients that speak as it does.
    package func failure(
        status: Int, headers: [(name: String, value: String)], body: ByteBuffer, now: Int64
    ) -> ProviderFailure {
        let failure = provider.failure(status: status, headers: headers, body: body, now: now)
        return passes ? failure : failure.withoutBody
    }

    /// The client's own bytes, changed in what must change alone; nil for a request that was changed since.
    /// - Throws: `invalidRequest` for what names something in the operator's account.
    private func passedCall() throws(GatewayError) -> ProviderCall? {
        let references = NamedReferences(allowed: target.references)
        guard let origin = request.origin else {
            try references.check(chat: request.document.root)
            return try ChatCompletionsProvider(target)
                .call(passing: request, model: target.model, capabilities: target.capabilities)
        }
        guard let root = origin.document?.root else { return nil }
        do throws(GatewayError) {
            try references.check(origin.conversation)
        } catch {
            throw names(in: origin.conversation).naming(error)
        }
        switch origin.api {
        case .chat: return nil
        case .messages:
            return AnthropicProvider().call(
                passing: root, headers: origin.headers, model: target.model)
        case .responses:
            return ProviderCall(
                path: ResponsesProvider.path,
                body: ResponsesSplice.body(root, model: target.model))
        }
    }
}

extension ClientAPI {
    /// Whether a provider's API is the client's own.
    fileprivate func isSpoken(by api: ProviderAPI) -> Bool {
        switch (self, api) {
        case (.chat, .openAI), (.chat, .compatible), (.chat, .azure), (.messages, .anthropic),
            (.responses, .responses): true
        default: false
        }
    }
}

extension ChatRequest {
    /// How its sender speaks.
    package var client: any ClientDialect { ClientDialects.dialect(of: api) }

    /// The request in the form between all dialects.
    /// - Throws: `invalidRequest` for what has no place in it.
    package func conversation() throws(GatewayError) -> Conversation {
        if let origin { return origin.conversation }
        return try ChatRequestReader.read(document.root)
    }

    /// What a stream's rendering must know of a Chat Completions request.
    fileprivate var streamOptions: Conversation {
        var conversation = Conversation(model: model)
        conversation.isStream = isStream
        conversation.wantsStreamUsage = wantsStreamUsage
        conversation.usesFunctions = document.root.asksForFunctions
        return conversation
    }
}
