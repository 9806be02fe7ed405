package import GatewayCore
package import NIOCore

/// Providers that make embeddings by OpenAI's API.
package enum EmbeddingsProvider {
    /// Whether a provider of this kind has that API beside its own.
    package static func speaks(_ api: ProviderAPI) -> Bool {
        switch api {
        case .openAI, .compatible, .azure, .responses: true
        case .anthropic, .gemini, .vertex, .bedrock: false
        }
    }

    /// The call: the client's own bytes with the model's name there.
    package static func call(_ request: EmbeddingsRequest, to target: Target) -> ProviderCall {
        var path = "/embeddings"
        if target.api == .azure, let version = target.place.version {
            path = "/openai/deployments/\(target.model)/embeddings?api-version=\(version)"
        }
        return ProviderCall(path: path, body: request.body(model: target.model))
    }

    /// Checks that an answer is a list of as many vectors as there were inputs.
    /// - Throws: ``ProviderFailure`` of kind `malformedAnswer`.
    package static func read(
        _ body: ByteBuffer, of request: EmbeddingsRequest
    ) throws(ProviderFailure) -> (body: ByteBuffer, usage: TokenUsage?) {
        let root = try OpenAIChat.parse(body).root
        guard let list = root["data"], list.kind == .array else {
            throw OpenAIChat.malformed("must have a list 'data'")
        }
        var count = 0
        for _ in list.elements { count += 1 }
        guard count == request.input.count else {
            throw OpenAIChat.malformed("must have \(request.input.count) embeddings, found \(count)")
        }
        return (body, EmbeddingsAnswer.usage(body))
    }
}
