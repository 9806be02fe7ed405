package import GatewayCore

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

extension CacheDirectives {
    /// Reads `Cache-Control` and `x-refrain-cache-mode`. Unknown `Cache-Control` directives are ignored, as
    /// RFC 9111 asks; an unknown mode is the caller's mistake.
    package init(headers: CallerHeaders) throws(GatewayError) {
        self.init()
        if let mode = headers.cacheMode {
            guard let mode = CacheMode(rawValue: mode) else {
                let known = CacheMode.allCases.map(\.rawValue).joined(separator: ", ")
                throw GatewayError(
                    .invalidRequest, "x-refrain-cache-mode must be one of \(known)", parameter: "x-refrain-cache-mode")
            }
            isExactOnly = mode == .exact
        }
        for directive in headers.cacheControl.flatMap({ $0.split(separator: ",") }) {
            switch directive.lowercased().filter({ $0 != " " && $0 != "\t" }) {
            case "no-cache", "max-age=0": skipsLookup = true
            case "no-store": skipsWrite = true
            default: continue
            }
        }
    }
}
