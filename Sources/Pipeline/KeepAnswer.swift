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
    /// For those who wait for the same answer; nil when nobody can.
    var duty: FlightDuty?
    /// Whether another model than the route's first gave it.
    var isStandIn = false
    /// Keeps what the client may drop of it; does not wait.
    var keepThoughts: (@Sendable (ChatAnswer) -> Void)?
    /// For an answer made anew.
    var refresh: RefreshOrder?
    /// Learns from it whether a stored answer would have been right; does not wait.
    var learn: (@Sendable (ChatAnswer) -> Void)?

    /// - Parameter took: how long the provider did; nil where nobody knows.
    func callAsFunction(_ answer: ChatAnswer, took: Duration?, for exchange: Exchange) {
        keepThoughts?(answer)
        // What another model says tells nothing about the answers of the route's own.
        if !isStandIn { learn?(answer) }
        guard writer.isOn, !isStoreDown, let place = request.place else {
            let outcome: WriteOutcome = isStoreDown ? .storeDown : .notCacheable
            duty?.land(answer.unsigned, to: request, outcome)
            return exchange.note { $0.write = outcome }
        }
        let took = took ?? .zero
        let write: @Sendable () async -> WriteOutcome = { [self] in
            let kept = answer.unsigned
            let making = await refresh?.making(answer, took: took) ?? AnswerMaking(took: took)
            let outcome = await writer.write(
                kept, to: request, vector: vector, generation: generation, fence: duty?.lease?.fence, making: making,
                isStandIn: isStandIn)
            duty?.land(kept, to: request, outcome)
            return outcome
        }
        // Nobody has read an answer made anew: who asks the same has the one before, and need not wait for it.
        exchange.keeping(
            refresh == nil
                ? writes.begin(place.entry, of: exchange.client, write) : exchange.client.start(write))
    }
}
