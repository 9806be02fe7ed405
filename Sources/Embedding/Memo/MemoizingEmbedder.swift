package import GatewayCore
import NIOConcurrencyHelpers

/// Remembers the vectors of recent texts, and computes a text that several callers ask for at once only once.
///
/// The computation belongs to all who wait for it: it goes on when the first of them gives up, and is cancelled when
/// the last does. A failure is not remembered.
package final class MemoizingEmbedder: Embedder {
    package let identity: EncoderIdentity
    private let base: any Embedder
    private let state: NIOLockedValueBox<StateMachine>

    /// - Parameter byteLimit: memory for texts and vectors; zero keeps none, and only shares.
    package init(_ base: any Embedder, byteLimit: Int) {
        self.base = base
        self.identity = base.identity
        self.state = NIOLockedValueBox(StateMachine(byteLimit: byteLimit))
    }

    /// Hits, misses and size, for metrics.
    package var counts: MemoCounts { state.withLockedValue { $0.counts } }

    package func embed(_ text: String) async throws(EmbeddingError) -> EmbeddingVector {
        let key = TextKey(text: text)
        let promise: EmbeddingPromise
        switch state.withLockedValue({ $0.request(key) }) {
        case .reply(let vector):
            return vector
        case .wait(let shared):
            promise = shared
        case .begin(let flight, let own):
            promise = own
            // Unstructured, because it may outlive the caller; the state machine owns it and cancels it when nobody
            // waits.
            let task = Task { await self.compute(key, flight: flight) }
            if !state.withLockedValue({ $0.attach(task, to: flight, key) }) { task.cancel() }
        }
        let outcome = await promise.outcome()
        if case .failure(let error) = outcome, error.code == .cancelled {
            state.withLockedValue({ $0.leave(key, promise) })?.cancel()
        }
        return try outcome.get()
    }

    package func recall(_ text: String) -> EmbeddingVector? {
        let key = TextKey(text: text)
        return state.withLockedValue { $0.recall(key) }
    }

    private func compute(_ key: TextKey, flight: Int) async {
        let outcome: EmbeddingPromise.Outcome
        do {
            outcome = .success(try await base.embed(key.text))
        } catch {
            outcome = .failure(error)
        }
        for promise in state.withLockedValue({ $0.finish(flight, key, outcome) }) { promise.settle(outcome) }
    }
}
