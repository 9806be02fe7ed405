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
    /// - Throws: `invalidJSON` or `invalidRequest`, with the field at fault.
    package func parse(_ body: ByteBuffer) throws(GatewayError) -> ChatRequest {
        try ChatRequestParser(depthLimit: configuration.depthLimit).parse(body)
    }

    func template(_ id: String) -> PromptTemplate? { templates[id] }

    /// Checks that the body of a request of any API is one JSON object.
    /// - Throws: `invalidJSON` or `invalidRequest`.
    package func document(_ body: ByteBuffer) throws(GatewayError) -> JSONDocument {
        try ChatRequestParser(depthLimit: configuration.depthLimit).document(body)
    }

    /// Finds the partition and the exact key of a request.
    /// - Parameters:
    ///   - scope: the wall between tenants, from the caller's key.
    ///   - modelClass: requests of one class may share answers.
    ///   - tags: of the request's route.
    /// - Throws: `invalidRequest` for caching headers that cannot be understood.
    package func analyze(
        _ request: ChatRequest, headers: CallerHeaders, scope: CacheScope, modelClass: String, tags: [String] = []
    ) throws(GatewayError) -> AnalyzedRequest {
        let directives = try CacheDirectives(headers: headers)
        let cacheability = Cacheability.of(request, headers: headers, configuration: configuration)
        let partition = keys.partition(of: request, scope: scope, modelClass: modelClass)
        return AnalyzedRequest(
            request: request, cacheability: cacheability, partition: partition,
            entry: keys.entry(partition: partition, question: request.question?.text), directives: directives,
            labels: CacheLabels(
                tenant: scope.tenant, namespace: scope.namespace, model: modelClass,
                principal: principal(of: request, tenant: scope.tenant),
                tags: try CacheTags.read(headers.tags, behind: tags)))
    }
}
