import GatewayCore

extension RequestAnalyzer {
    /// The members by which clients tell whose question it is, the first that says something counts.
    private static let members = ["safety_identifier", "user"]

    /// Whose question a request is, as its sender says it: by the header that the configuration names, else in the
    /// body. The gateway's spelling of other APIs has Anthropic's `metadata.user_id` in `user`.
    static func user(of request: ChatRequest, headers: CallerHeaders) -> String? {
        if let user = headers.user, !user.isEmpty { return user }
        let root = request.document.root
        for member in members {
            if let name = root[member]?.string, !name.isEmpty { return name }
        }
        guard let name = root["metadata"]?["user_id"]?.string, !name.isEmpty else { return nil }
        return name
    }
}
