import GatewayCore

extension CacheJudgment {
    /// Decides how far the cache may go. What was said by tools is of the moment: an answer that follows it is
    /// not kept, and a conversation that holds it is never served by similarity.
    static func of(
        _ request: ChatRequest, shape: ConversationShape, headers: CallerHeaders, policy: CachePolicy,
        configuration: RequestAnalysisConfiguration
    ) -> CacheJudgment {
        if headers.cacheMode == CacheMode.off.rawValue { return CacheJudgment(.never(.callerBypass), .callerOff) }
        if policy.rule == .off { return CacheJudgment(.never(.routeOff), .routeOff) }
        if shape.endsWithTool { return CacheJudgment(.never(.notCacheable), .toolResult) }
        guard let question = request.question else { return CacheJudgment(.exactOnly, .noQuestion) }
        if shape.hasTool { return CacheJudgment(.exactOnly, .toolHistory) }
        if question.text.utf8.count > configuration.questionBytesLimit {
            return CacheJudgment(.exactOnly, .longQuestion)
        }
        if question.text.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            return CacheJudgment(.exactOnly, .blankQuestion)
        }
        if let choices = request.document.root["n"]?.integer, choices > 1 {
            return CacheJudgment(.exactOnly, .severalChoices)
        }
        if policy.rule == .exact { return CacheJudgment(.exactOnly, .routeExact) }
        if headers.query != nil, request.ownWords == nil, !shape.hasHistory || shape.history != nil {
            return CacheJudgment(.semantic, .callerQuery)
        }
        guard shape.hasHistory else { return CacheJudgment(.semantic, .selfContained) }
        switch TurnKind.of(question.text) {
        case .toolDependent: return CacheJudgment(.exactOnly, .toolHistory)
        case .contextDependent(let reason): return CacheJudgment(.thread, reason)
        case .selfContained:
            let isAlone = policy.followUps == .standalone && request.ownWords == nil && shape.history != nil
            return isAlone ? CacheJudgment(.semantic, .selfContained) : CacheJudgment(.thread, .conversation)
        }
    }
}

extension RequestAnalyzer {
    /// What is personal about a request, as far as the configuration minds it.
    func personal(
        _ request: ChatRequest, asking question: String?, shape: ConversationShape, isCallersQuestion: Bool
    ) -> PersonalReason? {
        let scope = configuration.userScope
        if scope == .off { return nil }
        if scope == .all { return .always }
        var found = question.flatMap { PersonalReason.of($0) }
        if isCallersQuestion, found != .data, holdsData(request, shape) { found = .data }
        return found == .state && scope == .data ? nil : found
    }

    /// What the caller's question leaves out of the wall has still made the answer.
    private func holdsData(_ request: ChatRequest, _ shape: ConversationShape) -> Bool {
        guard let messages = request.document.root["messages"] else { return false }
        let start = (shape.firstTurn ?? shape.last)?.range.lowerBound ?? 0
        return messages.elements.contains { $0.range.lowerBound >= start && PersonalReason.holdsData($0) }
    }
}
