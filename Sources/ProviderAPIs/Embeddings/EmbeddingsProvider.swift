package import GatewayCore
package import NIOCore

/// Providers that make embeddings: by OpenAI's API, which the client's bytes pass, or by Google's.
package enum EmbeddingsProvider {
    /// Whether a provider of this kind makes embeddings in a way that is known here.
    package static func speaks(_ api: ProviderAPI) -> Bool {
        switch api {
        case .openAI, .compatible, .azure, .responses, .gemini, .vertex: true
        case .anthropic, .bedrock: false
        }
    }

    /// The call.
    /// - Throws: `invalidRequest` for what the target cannot be told.
    package static func call(
        _ request: EmbeddingsRequest, to target: Target
    ) throws(GatewayError) -> ProviderCall {
        try target.checkModelName()
        if let google = GeminiEmbeddings(target) { return try google.call(request) }
        var path = "/embeddings"
        if target.api == .azure, let version = target.place.version {
            path = "/openai/deployments/\(PathSegment.encode(target.model[...]))/embeddings?api-version=\(version)"
        }
        return ProviderCall(path: path, body: request.body(model: target.model))
    }

    /// Checks that an answer has as many vectors as there were inputs.
    /// - Parameter estimate: the tokens of the inputs, for a provider that does not count.
    /// - Returns: the client's body.
    /// - Throws: ``ProviderFailure`` of kind `malformedAnswer`.
    package static func read(
        _ body: ByteBuffer, of request: EmbeddingsRequest, from target: Target, estimate: () -> Int
    ) throws(ProviderFailure) -> (body: ByteBuffer, usage: TokenUsage?) {
        if let google = GeminiEmbeddings(target) {
            let (vectors, counted) = try google.vectors(body, count: request.input.count)
            let tokens = counted ?? estimate()
            let answer = EmbeddingsAnswer.body(vectors, model: target.model, form: request.form, tokens: tokens)
            return (answer, counted.map { TokenUsage(promptTokens: $0, completionTokens: 0) })
        }
        let root = try OpenAIChat.parse(body).root
        guard let list = root["data"], list.kind == .array else {
            throw OpenAIChat.malformed("must have a list 'data'")
        }
        var count = 0
        for _ in list.elements { count += 1 }
        guard count == request.input.count else {
            throw OpenAIChat.malformed("must have \(request.input.count) embeddings, found \(count)")
        }
        return (body, EmbeddingsAnswer.usage(root))
    }
}
