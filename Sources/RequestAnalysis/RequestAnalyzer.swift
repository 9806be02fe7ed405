package import GatewayCore
package import NIOCore

/// The first stage: from the bytes of a body to a request whose place in the cache is known. Pure.
///
/// Cost: one pass over the body for the tape, one canonical copy, two keyed digests.
package struct RequestAnalyzer: Sendable {
    private let configuration: RequestAnalysisConfiguration
    let keys: CacheKeys
    private let templates: [String: PromptTemplate]

    package init(configuration: RequestAnalysisConfiguration) {
        self.configuration = configuration
        self.keys = CacheKeys(secret: configuration.key, epoch: configuration.epoch)
        self.templates = Dictionary(configuration.templates.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Checks the body of a chat completion request.
    /// - Parameter needsMessage: false for one whose messages the provider keeps.
    /// - Throws: `invalidJSON` or `invalidRequest`, with the field at fault.
    package func parse(_ body: ByteBuffer, needsMessage: Bool = true) throws(GatewayError) -> ChatRequest {
        try ChatRequestParser(depthLimit: configuration.depthLimit, needsMessage: needsMessage).parse(body)
    }

    func template(_ id: String) -> PromptTemplate? { templates[id] }

    /// Checks that the body of a request of any API is one JSON object.
    /// - Throws: `invalidJSON` or `invalidRequest`.
    package func document(_ body: ByteBuffer) throws(GatewayError) -> JSONDocument {
        try ChatRequestParser(depthLimit: configuration.depthLimit).document(body)
    }

    /// Finds what the cache may do for a request, and its place there.
    /// - Parameters:
    ///   - scope: the wall between tenants, from the caller's key.
    ///   - modelClass: requests of one class may share answers.
    ///   - tags: of the request's route.
    ///   - lives: how long its route's answers live.
    ///   - findsPlace: false where nothing is cached; the digests are most of the cost.
    /// - Throws: `invalidRequest` for caching headers that cannot be understood.
    package func analyze(
        _ request: ChatRequest, headers: CallerHeaders, scope: CacheScope, modelClass: String, tags: [String] = [],
        lives: CacheLives? = nil, findsPlace: Bool = true
    ) throws(GatewayError) -> AnalyzedRequest {
        let directives = try CacheDirectives(headers: headers)
        let cacheability = Cacheability.of(request, headers: headers, configuration: configuration)
        let tags = try CacheTags.read(headers.tags, behind: tags)
        guard findsPlace else {
            return AnalyzedRequest(request: request, cacheability: cacheability, place: nil, directives: directives)
        }
        return AnalyzedRequest(
            request: request, cacheability: cacheability,
            place: keys.place(of: request, scope: scope, modelClass: modelClass), directives: directives,
            labels: CacheLabels(
                tenant: scope.tenant, namespace: scope.namespace, model: modelClass,
                principal: principal(of: request, tenant: scope.tenant), tags: tags), lives: lives)
    }
}
