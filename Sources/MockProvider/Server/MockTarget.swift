/// A request target whose path holds the name of a model.
struct MockTarget: Sendable, Equatable {
    private static let verbs: [Substring: MockRoute] = [
        "generateContent": .generateContent, "streamGenerateContent": .streamGenerateContent,
        "countTokens": .countTokens, "embedContent": .embedContent, "batchEmbedContents": .batchEmbedContents,
        "predict": .predict,
    ]
    private static let versions: Set<Substring> = ["v1", "v1beta", "v1alpha", "v1beta1"]

    let route: MockRoute
    /// The model's name without escapes; empty where the path holds none.
    let model: String

    /// - Parameter path: a request target, with or without its query.
    init(path target: String) {
        let path = target.prefix { $0 != "?" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let found = Self.bedrock(Array(parts)) ?? Self.google(Array(parts)) ?? Self.azure(Array(parts))
        (route, model) = found ?? (.other, "")
    }

    /// The value of a name in a target's query, as it stands there.
    static func query(_ name: String, in target: String) -> String? {
        guard let mark = target.firstIndex(of: "?") else { return nil }
        for pair in target[mark...].dropFirst().split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts[0] == name { return parts.count > 1 ? String(parts[1]) : "" }
        }
        return nil
    }

    /// `/model/{id}/converse`; the id may be an ARN with escaped slashes.
    private static func bedrock(_ parts: [Substring]) -> (MockRoute, String)? {
        guard parts.count == 3, parts[0] == "model", !parts[1].isEmpty else { return nil }
        switch parts[2] {
        case "converse": return (.converse, unescaped(parts[1]))
        case "converse-stream": return (.converseStream, unescaped(parts[1]))
        default: return nil
        }
    }

    /// Azure's paths to OpenAI's models: `/openai/deployments/{deployment}/chat/completions` and, without versions,
    /// `/openai/v1/chat/completions`.
    private static func azure(_ parts: [Substring]) -> (MockRoute, String)? {
        if parts.count >= 3, parts[0] == "openai", parts[1] == "v1" {
            return MockRoute(rawValue: "/" + parts.dropFirst().joined(separator: "/")).map { ($0, "") }
        }
        guard parts.count >= 4, parts[0] == "openai", parts[1] == "deployments", !parts[2].isEmpty else { return nil }
        switch parts[3...] {
        case ["chat", "completions"]: return (.chatCompletions, unescaped(parts[2]))
        case ["embeddings"]: return (.embeddings, unescaped(parts[2]))
        default: return nil
        }
    }

    /// `/v1beta/models/{model}:verb`, and Vertex' `/v1/projects/…/publishers/google/models/{model}:verb`.
    private static func google(_ parts: [Substring]) -> (MockRoute, String)? {
        guard let version = parts.first, versions.contains(version) else { return nil }
        let isVertex = parts.count > 4 && parts[parts.count - 4] == "publishers" && parts[parts.count - 3] == "google"
        let isPlain = parts.count == 3
        if parts.count == 2, parts[1] == "models", version != "v1" { return (.geminiModels, "") }
        guard isVertex || isPlain, parts[parts.count - 2] == "models", let last = parts.last, !last.isEmpty else {
            return nil
        }
        // The last colon: a tuned model's name may have others.
        if let colon = last.lastIndex(of: ":"), let route = verbs[last[last.index(after: colon)...]] {
            return colon == last.startIndex ? nil : (route, unescaped(last[..<colon]))
        }
        if isPlain, !last.contains(":") { return (version == "v1" ? .model : .geminiModel, unescaped(last)) }
        return isPlain && version == "v1" ? (.model, unescaped(last)) : nil
    }

    /// Replaces `%` escapes (RFC 3986, section 2.1); one that is broken stays as it is.
    static func unescaped(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = Character(UnicodeScalar(bytes[index + 1])).hexDigitValue,
                let low = Character(UnicodeScalar(bytes[index + 2])).hexDigitValue
            {
                result.append(UInt8(high << 4 | low))
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
