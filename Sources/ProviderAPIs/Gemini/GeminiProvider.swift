package import GatewayCore
package import NIOCore

/// Google's Gemini models, by the Gemini API or by Vertex AI: the bodies are the same, address and credential differ.
package struct GeminiProvider: ProviderDialect {
    /// Who runs the models.
    package enum Platform: Sendable, Equatable {
        /// The Gemini API, with a key.
        case geminiAPI
        /// Google Cloud, with a bearer token.
        case vertex(project: String, location: String)
    }

    private let platform: Platform

    package init(_ platform: Platform) { self.platform = platform }

    package var framing: StreamFraming { .serverSentEvents }

    package var credential: CredentialForm {
        platform == .geminiAPI ? .header("x-goog-api-key") : .bearer
    }

    /// The list of a project at Google Cloud holds the project's own models, not Google's.
    package var probe: ProviderProbe? {
        platform == .geminiAPI ? ProviderProbe(path: "/v1beta/models?pageSize=1") : nil
    }

    package func call(_ request: Conversation, model: ProviderModel) throws(GatewayError) -> ProviderCall {
        let written = try GeminiRequestWriter.write(request, for: model, isVertex: platform != .geminiAPI)
        // Without `alt=sse` a stream comes as one JSON array.
        let method = request.isStream ? ":streamGenerateContent?alt=sse" : ":generateContent"
        var call = ProviderCall(path: path(of: model.name) + method, body: written.body)
        call.dropped = written.dropped
        return call
    }

    package func answer(_ body: ByteBuffer) throws(ProviderFailure) -> Answer {
        var decoder = GeminiStreamDecoder()
        var accumulator = AnswerAccumulator(limit: .max)
        for event in try decoder.consume(ServerSentEvent(data: body)) { accumulator.add(event) }
        do {
            for event in try decoder.finish() { accumulator.add(event) }
        } catch where error.kind == .truncated {
            throw .malformedGemini("must have a finish reason for each candidate")
        }
        guard let answer = accumulator.answer else { throw .malformedGemini("must have candidates") }
        return answer
    }

    package func stream() -> any AnswerStreamDecoder { GeminiStreamDecoder() }

    package func failure(
        status: Int, headers: [(name: String, value: String)], body: ByteBuffer, now: Int64
    ) -> ProviderFailure {
        ProviderFailure.classify(status: status, headers: headers, body: body, now: now).readAsGemini(body)
    }

    /// A name with a slash says itself where it belongs, such as `tunedModels/x`, `endpoints/7` or
    /// `publishers/google/models/y`.
    func path(of model: String) -> String {
        let name = model.split(separator: "/", omittingEmptySubsequences: false).map { PathSegment.encode($0) }
            .joined(separator: "/")
        switch platform {
        case .geminiAPI: return "/v1beta/" + (name.contains("/") ? name : "models/\(name)")
        case .vertex(let project, let location):
            if model.hasPrefix("projects/") { return "/v1/\(name)" }
            let (project, location) = (PathSegment.encode(project[...]), PathSegment.encode(location[...]))
            return "/v1/projects/\(project)/locations/\(location)/"
                + (name.contains("/") ? name : "publishers/google/models/\(name)")
        }
    }
}
