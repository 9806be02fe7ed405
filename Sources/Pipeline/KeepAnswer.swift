import GatewayCore
import SemanticCache

/// Stores a provider's answer before its last byte leaves, so that who asks again finds it. Bounded by the store's
/// command timeout; a store that was down at the lookup is not asked again.
struct KeepAnswer: Sendable {
    let writer: CacheWriter
    let request: AnalyzedRequest
    let vector: EntryVector?
    let isStoreDown: Bool
    /// Keeps what the client may drop of it; does not wait.
    var keepThoughts: (@Sendable (ChatAnswer) -> Void)?

    func callAsFunction(_ answer: ChatAnswer) async -> WriteOutcome {
        keepThoughts?(answer)
        if isStoreDown { return .storeDown }
        return await writer.write(answer, to: request, vector: vector)
    }
}
