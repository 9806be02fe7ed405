import GatewayCore
import NIOConcurrencyHelpers

@testable import Embedding

/// An embedder whose computations wait until the test settles them. Counts calls and cancellations.
final class FakeEmbedder: Embedder {
    let identity = EncoderIdentity(name: "fake", fingerprint: "0", dimension: 2)
    private let calls = NIOLockedValueBox<[(text: String, promise: EmbeddingPromise)]>([])
    private let cancellations = NIOLockedValueBox(0)
    private let immediate: EmbeddingPromise.Outcome?

    /// - Parameter immediate: what every call gets at once; nil to wait for `settle`.
    init(immediate: EmbeddingPromise.Outcome? = nil) {
        self.immediate = immediate
    }

    var callCount: Int { calls.withLockedValue { $0.count } }
    var cancelledCount: Int { cancellations.withLockedValue { $0 } }

    func settle(_ outcome: EmbeddingPromise.Outcome) {
        for call in calls.withLockedValue({ $0 }) { call.promise.settle(outcome) }
    }

    func embed(_ text: String, into promise: EmbeddingPromise) {
        calls.withLockedValue { $0.append((text, promise)) }
        if let immediate { promise.settle(immediate) }
        promise.whenSettled { [cancellations] outcome in
            if outcome == .failure(.cancelled) { cancellations.withLockedValue { $0 += 1 } }
        }
    }
}

extension EmbeddingBatcher {
    /// The unit vector of one tokenised text.
    func encode(_ ids: [Int32]) async throws(EmbeddingError) -> EmbeddingVector {
        guard !Task.isCancelled else { throw .cancelled }
        let promise = EmbeddingPromise()
        encode(ids, into: promise)
        return try await promise.outcome().get()
    }
}
