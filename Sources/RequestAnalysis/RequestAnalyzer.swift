package import GatewayCore
package import NIOCore

/// The first stage: from the bytes of a body to a request whose place in the cache is known. Pure.
///
/// Cost: one pass over the body for the tape, one canonical copy, two keyed digests.
package struct RequestAnalyzer: Sendable {
    let configuration: RequestAnalysisConfiguration
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

    /// The header that says who asks; nil for none.
    package var userHeader: String? { configuration.userHeader }

    /// Finds what the cache may do for a request, and its place there.
    /// - Parameters:
    ///   - scope: the wall between tenants, from the caller's key.
    ///   - modelClass: requests of one class may share answers.
    ///   - tags: of the request's route.
    ///   - lives: how long its route's answers live.
    ///   - policy: of the request's route.
    ///   - findsPlace: false where nothing is cached; the digests are most of the cost.
    /// - Throws: `invalidRequest` for caching headers that cannot be understood.
    package func analyze(
        _ request: ChatRequest, headers: CallerHeaders, scope: CacheScope, modelClass: String, tags: [String] = [],
        lives: CacheLives? = nil, policy: CachePolicy = CachePolicy(), findsPlace: Bool = true
    ) throws(GatewayError) -> AnalyzedRequest {
        let directives = try CacheDirectives(headers: headers)
        let query = try headers.query.map(query)
        let shape = ConversationShape(request.document.root)
        var judgment = CacheJudgment.of(
            request, shape: shape, headers: headers, policy: policy, configuration: configuration)
        let tags = try CacheTags.read(headers.tags, behind: tags)
        guard findsPlace else {
            return AnalyzedRequest(request: request, judgment: judgment, place: nil, directives: directives)
        }
        var wall = CacheWall()
        wall.isCallersQuestion = judgment.reason == .callerQuery
        if wall.isCallersQuestion { wall.history = shape.history }
        let question = wall.isCallersQuestion ? query : request.question?.text
        let user = Self.user(of: request, headers: headers)
        let principal = user.map { self.principal(named: $0, tenant: scope.tenant) }
        if !policy.isPrepared {
            judgment.personal = personal(
                request, asking: question, shape: shape, isCallersQuestion: wall.isCallersQuestion)
        }
        if judgment.personal != nil {
            judgment.sharing = principal == nil ? .nobody : .user
            wall.user = principal
        }
        var analyzed = AnalyzedRequest(
            request: request, judgment: judgment,
            place: keys.place(of: request, scope: scope, modelClass: modelClass, wall: wall, asking: question),
            directives: directives,
            labels: CacheLabels(
                tenant: scope.tenant, namespace: scope.namespace, model: modelClass, principal: principal, tags: tags),
            lives: lives)
        analyzed.question = question
        analyzed.user = user
        analyzed.isShadow = policy.rule == .shadow
        if let shared = shared(judgment, shape: shape, behind: wall) {
            analyzed.alsoSearched = keys.partition(of: request, scope: scope, modelClass: modelClass, wall: shared)
        }
        return analyzed
    }

    /// The wall of what others have asked that may answer this, too: without the person, as what is kept there is
    /// nobody's own, and without what was said before a question that stands alone. Nil for no other than its own.
    private func shared(_ judgment: CacheJudgment, shape: ConversationShape, behind wall: CacheWall) -> CacheWall? {
        guard judgment.isSearched else { return nil }
        var shared = wall
        // Who is kept apart wherever it asks wants nothing of others.
        if judgment.personal != .always { shared.user = nil }
        let standsAlone = judgment.reason == .selfContained && shape.hasHistory
        if standsAlone { shared.history = shape.history }
        return shared.user == wall.user && !standsAlone ? nil : shared
    }

    private func query(_ text: String) throws(GatewayError) -> String {
        let isBlank = text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
        if !isBlank, text.utf8.count <= configuration.questionBytesLimit { return text }
        throw GatewayError(
            .invalidRequest,
            "x-refrain-cache-query must hold a question of at most \(configuration.questionBytesLimit) bytes",
            parameter: "x-refrain-cache-query")
    }
}
