import NIOHTTP1

/// What a request's target says of where it goes, besides route and model: checked as the providers do.
struct MockPlace: Sendable {
    private let basePath: String
    private let azureVersion: String?
    private let vertex: MockProviderConfiguration.Place?

    init(_ configuration: MockProviderConfiguration) {
        basePath = configuration.basePath
        azureVersion = configuration.azureVersion
        vertex = configuration.vertexPlace
    }

    /// The head with its target as if nothing stood in front of it; a target elsewhere becomes one that nobody serves.
    func located(_ head: HTTPRequestHead) -> HTTPRequestHead {
        guard !basePath.isEmpty, !head.uri.hasPrefix("/mock/") else { return head }
        var head = head
        let isInside = head.uri.hasPrefix(basePath + "/")
        head.uri = isInside ? String(head.uri.dropFirst(basePath.count)) : "/outside" + head.uri
        return head
    }

    /// Throws what Azure says of a path without a version it knows, and Google of a place the caller may not use.
    func check(_ target: String) throws(MockProviderError) {
        if Self.isDeployment(target), !takes(version: MockTarget.query("api-version", in: target)) {
            throw MockProviderError(.unknownPath, "Resource not found", status: 404)
        }
        guard Self.isVertex(target), let vertex else { return }
        let parts = target.split(separator: "/").map { MockTarget.unescaped($0) }
        let isThere = parts.count > 4 && parts[1] == "projects" && parts[2] == vertex.project
            && parts[3] == "locations" && parts[4] == vertex.location
        if !isThere { throw MockFailure.forbidden.gemini(model: "") }
    }

    /// Whether it is a path of Azure's older API, which names a deployment.
    static func isDeployment(_ target: String) -> Bool { target.hasPrefix("/openai/deployments/") }

    /// Whether it is a path of Azure.
    static func isAzure(_ target: String) -> Bool { target.hasPrefix("/openai/") }

    /// Whether it is a path of Vertex AI.
    static func isVertex(_ target: String) -> Bool { target.contains("/projects/") }

    private func takes(version: String?) -> Bool {
        guard let version else { return false }
        if let azureVersion { return version == azureVersion }
        // `2024-10-21` or `2025-01-01-preview`.
        let words = version.split(separator: "-")
        return words.count >= 3 && words.prefix(3).map(\.count) == [4, 2, 2]
            && words.prefix(3).allSatisfy { $0.allSatisfy(\.isNumber) }
    }
}
