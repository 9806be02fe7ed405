extension TidyRule {
    static let stages: Set<String> = [
        "RequestAnalysis", "Policy", "Routing", "ProviderAPIs", "Embedding", "SemanticCache",
    ]

    /// Who makes what one stage hands to the next.
    static let makers: [String: Set<String>] = [
        "AnalyzedRequest": ["RequestAnalysis"],
        "CacheHit": ["SemanticCache"],
        "RoutePlan": ["Routing"],
        "Target": ["Routing"],
        "ChatAnswer": ["ProviderAPIs"],
        "ChatRequest": ["RequestAnalysis"],
        "CacheScope": ["Policy", "refrain"],
        "ProviderFailure": ["ProviderAPIs", "Upstream"],
        "UpstreamCall": ["Upstream"],
        "StoredEntry": ["SemanticCache", "RedisStores", "refrain"],
    ]

    private static func imports(of file: SourceFile) -> [Pattern.Match] {
        Pattern(#"^[ \t]*(?:(?:package|internal|private|@\w+)[ \t]+)*import[ \t]+(\w+)"#).matches(in: file.code)
    }

    static let arrows: [TidyRule] = [
        TidyRule(name: "Stages never import each other", covers: { stages.contains($0.target) }) { file in
            imports(of: file).filter { stages.contains($0.groups[0]) && $0.groups[0] != file.target }
                .map { file.finding($0.line, "\(file.target) must not know \($0.groups[0])") }
        },
        TidyRule(name: "Sources do not import what tests share", covers: \.isShipped) { file in
            imports(of: file).filter { $0.groups[0] == "GatewayTesting" }
                .map { file.finding($0.line, "GatewayTesting is for tests") }
        },
        TidyRule(name: "What is handed over is made by its stage alone", covers: \.isShipped) { file in
            Pattern(#"(?<![\w.])(\w+)\("#).matches(in: file.code).compactMap { match in
                guard let makers = makers[match.groups[0]], !makers.contains(file.target) else { return nil }
                let names = makers.sorted().joined(separator: " or ")
                return file.finding(match.line, "only \(names) makes a \(match.groups[0])")
            }
        },
        TidyRule(name: "A target depends only on targets above it", covers: { $0.path == "Package.swift" }) { file in
            var known: Set<String> = []
            var findings: [Finding] = []
            for target in ManifestTarget.targets(in: file.text) {
                for name in target.dependencies where !known.contains(name) {
                    findings.append(file.finding(target.line, "\(target.name) needs \(name) above it"))
                }
                known.insert(target.name)
            }
            return findings
        },
    ]
}
