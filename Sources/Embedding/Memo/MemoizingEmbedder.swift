package import GatewayCore
import NIOConcurrencyHelpers

/// Remembers the vectors of recent texts, and computes a text that several callers ask for at once only once.
///
/// The computation belongs to all who wait for it: it goes on when the first of them gives up, and is cancelled when
/// the last does. A failure is not remembered.
package final class MemoizingEmbedder: Embedder {
    package let identity: EncoderIdentity
    /// What computes: for who asks for many texts once, none of which should push a request's out of the memo.
    package let base: any Embedder
    private let state: NIOLockedValueBox<StateMachine>

    /// - Parameter byteLimit: memory for texts and vectors; zero keeps none, and only shares.
    package init(_ base: any Embedder, byteLimit: Int) {
        self.base = base
        self.identity = base.identity
        self.state = NIOLockedValueBox(StateMachine(byteLimit: byteLimit))
    }

    /// Hits, misses and size, for metrics.
    package var counts: MemoCounts { state.withLockedValue { $0.counts } }

    package func embed(_ text: String, into promise: EmbeddingPromise) {
        let key = TextKey(text: text)
        switch state.withLockedValue({ $0.request(key, for: promise) }) {
        case .reply(let vector):
            promise.settle(.success(vector))
            return
        case .wait:
            break
        case .begin(let work):
            work.whenSettled { [state] outcome in
                for promise in state.withLockedValue({ $0.finish(work, key, outcome) }) { promise.settle(outcome) }
            }
            base.embed(text, into: work)
        }
        // Of a caller that gave up; one that failed with all others finds nothing to leave.
        promise.whenSettled { [state] outcome in
            guard case .failure = outcome else { return }
            state.withLockedValue({ $0.leave(key, promise) })?.settle(.failure(.cancelled))
        }
    }

    package func recall(_ text: String) -> EmbeddingVector? {
        let key = TextKey(text: text)
        return state.withLockedValue { $0.recall(key) }
    }

    package func tokenCount(of text: String) -> Int? { base.tokenCount(of: text) }
}
