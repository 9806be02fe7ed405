import GatewayCore
package import ProviderAPIs
import RequestAnalysis
import Routing

/// Keeps the signed thoughts of tool calls for clients that drop them, and puts them back into the history before it
/// is translated for a provider that wants them. What goes wrong leaves a request as it is.
package struct ThoughtDesk: Sendable {
    private let store: any ThoughtStore

    /// Calls of one history that are asked for, the latest.
    static let callLimit = 64
    /// A longer id is none that a provider has made.
    static let idLimit = 256

    package init(store: any ThoughtStore) { self.store = store }

    /// What keeps what an answer's calls must come back with; nil where the target signs nothing.
    func keeper(
        of target: Target, tenant: TenantID, analyzer: RequestAnalyzer
    ) -> (@Sendable (ChatAnswer) -> Void)? {
        guard Self.signs(target.api) else { return nil }
        return { [store] answer in
            guard answer.hasToolCalls else { return }
            let thoughts = answer.callThoughts.filter { $0.key.utf8.count <= Self.idLimit }
            guard !thoughts.isEmpty else { return }
            store.keep(thoughts.map { (Self.key($0.key, tenant, analyzer), $0.value.json) })
        }
    }

    /// The request with what is kept of its calls. One round trip, only for a history with calls that have nothing
    /// signed, and only where one of the targets wants it.
    func restoring(
        _ request: ChatRequest, for attempts: RouteAttempts, tenant: TenantID, analyzer: RequestAnalyzer
    ) async -> ChatRequest {
        // Who speaks Anthropic's own API to Anthropic is passed on as it is.
        let passes = request.origin?.api == .messages && request.origin?.document != nil
        guard attempts.contains(where: { Self.signs($0.api) && !(passes && $0.api == .anthropic) }),
            request.mayCallTools,
            let conversation = try? request.conversation()
        else { return request }
        let calls = conversation.unexplainedCalls.suffix(Self.callLimit).filter {
            (1...Self.idLimit).contains($0.utf8.count)
        }
        if calls.isEmpty { return request }
        let found = await store.thoughts(under: calls.map { Self.key($0, tenant, analyzer) })
        var restored = request
        for (call, json) in zip(calls, found) {
            if let json { restored.callThoughts[call] = CallThought(json: json) }
        }
        return restored
    }

    /// Whether a provider of this kind signs thoughts and wants them back.
    private static func signs(_ api: ProviderAPI) -> Bool {
        switch api {
        case .anthropic, .bedrock, .gemini, .vertex: true
        case .openAI, .compatible, .azure, .responses: false
        }
    }

    private static func key(_ call: String, _ tenant: TenantID, _ analyzer: RequestAnalyzer) -> ThoughtKey {
        let digest = analyzer.thoughtDigest(of: call, tenant: tenant)
        return ThoughtKey(shard: digest.shard, call: digest.call)
    }
}

extension ChatRequest {
    /// Whether anybody has called a tool in it, as far as can be told without reading it all.
    fileprivate var mayCallTools: Bool {
        guard let messages = document.root["messages"] else { return false }
        return messages.elements.contains { $0["tool_calls"] != nil }
    }
}
