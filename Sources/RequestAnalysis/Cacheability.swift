import GatewayCore

extension Cacheability {
    /// Decides how far the cache may go. What was said by tools is of the moment: an answer that follows it is
    /// not kept, and a conversation that holds it is never served by similarity.
    static func of(
        _ request: ChatRequest, headers: CallerHeaders, configuration: RequestAnalysisConfiguration
    ) -> Cacheability {
        if headers.cacheMode == CacheMode.off.rawValue { return .never(.callerBypass) }
        let roles = (request.document.root["messages"]?.elements).map { $0.map { $0["role"]?.string ?? "" } } ?? []
        if roles.last == "tool" || roles.last == "function" { return .never(.notCacheable) }
        guard let question = request.question else { return .exactOnly }
        if roles.contains("tool") || roles.contains("function") { return .exactOnly }
        if question.text.utf8.count > configuration.questionBytesLimit { return .exactOnly }
        if question.text.unicodeScalars.allSatisfy(\.properties.isWhitespace) { return .exactOnly }
        // Several choices are a set; which of them a similar question would get is not defined.
        if let choices = request.document.root["n"]?.integer, choices > 1 { return .exactOnly }
        return .semantic
    }
}

/// The values of `x-refrain-cache-mode`.
enum CacheMode: String, CaseIterable {
    case off
    case exact
    case semantic
}
