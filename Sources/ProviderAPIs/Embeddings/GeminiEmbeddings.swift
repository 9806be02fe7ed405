internal import GatewayCore
internal import NIOCore

/// Google's embeddings: `batchEmbedContents` of the Gemini API, `predict` of Vertex AI.
struct GeminiEmbeddings {
    private let provider: GeminiProvider
    private let model: String
    private let isVertex: Bool

    /// No text has so many tokens: what a provider claims beyond is not believed.
    private static let tokenLimit = 100_000_000

    /// Nil for other providers.
    init?(_ target: Target) {
        switch target.api {
        case .gemini: (provider, isVertex) = (GeminiProvider(.geminiAPI), false)
        case .vertex:
            let place = target.place
            (provider, isVertex) = (
                GeminiProvider(.vertex(project: place.project ?? "", location: place.region ?? "")), true)
        case .openAI, .compatible, .azure, .responses, .anthropic, .bedrock: return nil
        }
        model = target.model
    }

    /// - Throws: `invalidRequest` for numbers of tokens, which only a model's own provider has.
    func call(_ request: EmbeddingsRequest) throws(GatewayError) -> ProviderCall {
        guard case .texts(let texts) = request.input else {
            throw GatewayError(.invalidRequest, "'input' must be text for this model's provider", parameter: "input")
        }
        var json = JSONWriter(capacity: 256)
        json.object { json in
            if isVertex {
                writeInstances(texts, to: &json)
                if let dimensions = request.dimensions {
                    json.object("parameters") { $0.member("outputDimensionality", dimensions) }
                }
            } else {
                writeRequests(texts, dimensions: request.dimensions, to: &json)
            }
        }
        let method = isVertex ? ":predict" : ":batchEmbedContents"
        return ProviderCall(path: provider.path(of: model) + method, body: json.bytes)
    }

    private func writeInstances(_ texts: [String], to json: inout JSONWriter) {
        json.array("instances") { json in
            for text in texts { json.object { $0.member("content", text) } }
        }
    }

    private func writeRequests(_ texts: [String], dimensions: Int?, to json: inout JSONWriter) {
        json.array("requests") { json in
            for text in texts {
                json.object { json in
                    json.member("model", model.contains("/") ? model : "models/\(model)")
                    json.object("content") { json in
                        json.array("parts") { json in json.object { $0.member("text", text) } }
                    }
                    json.member("outputDimensionality", dimensions)
                }
            }
        }
    }

    /// The vectors, and the tokens where they are counted.
    /// - Throws: ``ProviderFailure`` of kind `malformedAnswer`.
    func vectors(_ body: ByteBuffer, count: Int) throws(ProviderFailure) -> (vectors: [EmbeddingVector], tokens: Int?) {
        guard let root = try? JSONDocument(body).root else { throw .malformedGemini("must be JSON") }
        let list = isVertex ? root["predictions"] : root["embeddings"]
        var vectors: [EmbeddingVector] = []
        var tokens: Int?
        for element in list?.elements ?? root.elements {
            guard let embedding = isVertex ? element["embeddings"] : element, let values = embedding["values"] else {
                throw .malformedGemini("must have the values of each vector")
            }
            let components = values.elements.compactMap { $0.double.map { Float($0) } }
            guard !components.isEmpty else { throw .malformedGemini("must have numbers in each vector") }
            vectors.append(EmbeddingVector(unit: components))
            let counted = embedding["statistics"]?["token_count"]?.integer
            tokens = counted.flatMap { (0..<Self.tokenLimit).contains($0) ? (tokens ?? 0) + $0 : nil }
        }
        guard vectors.count == count else {
            throw .malformedGemini("must have \(count) vectors, found \(vectors.count)")
        }
        return (vectors, tokens)
    }
}
