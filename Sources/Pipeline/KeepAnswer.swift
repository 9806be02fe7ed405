import GatewayCore
import ProviderAPIs
import SemanticCache

/// Stores a provider's answer beside its last bytes: the store is told before they leave, and nobody waits for its word
/// but the exchange's end and whoever asks the same. A store that was down at the lookup is not asked again.
struct KeepAnswer: Sendable {
    let writer: CacheWriter
    let writes: WritesUnderWay
    let request: AnalyzedRequest
    let vector: EntryVector?
    let isStoreDown: Bool
    /// From before the answer was asked for.
    let generation: CacheGeneration?
    /// Keeps what the client may drop of it; does not wait.
    var keepThoughts: (@Sendable (ChatAnswer) -> Void)?
    /// When it was asked for.
    let began: ContinuousClock.Instant
    /// For an answer made anew.
    var refresh: RefreshOrder?

    func callAsFunction(_ answer: ChatAnswer, for exchange: Exchange) {
        keepThoughts?(answer)
        guard writer.isOn, !isStoreDown, let place = request.place else {
            return exchange.note { $0.write = isStoreDown ? .storeDown : .notCacheable }
        }
        let took = began.duration(to: .now)
        let write: @Sendable () async -> WriteOutcome = { [writer, request, vector, generation, refresh] in
            let making = await refresh?.making(answer, took: took) ?? AnswerMaking(took: took)
            return await writer.write(
                answer.unsigned, to: request, vector: vector, generation: generation, making: making)
        }
        // Nobody has read an answer made anew: who asks the same has the one before, and need not wait for it.
        exchange.keeping(
            refresh == nil
                ? writes.begin(place.entry, of: exchange.client, write) : exchange.client.start(write))
    }
}
