package import GatewayCore
import NIOConcurrencyHelpers

/// Canaries of one process, which can be made to be out of reach.
package final class CanaryMemory: CanaryStore {
    private struct State {
        var kept: [EncoderIdentity: [EmbeddingVector]] = [:]
        var isAway = false
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    /// Answers nobody until told otherwise.
    package func leave(_ isAway: Bool) { state.withLockedValue { $0.isAway = isAway } }

    package func canaries(of encoder: EncoderIdentity) async throws(CacheStoreError) -> [EmbeddingVector]? {
        try check()
        return state.withLockedValue { $0.kept[encoder] }
    }

    package func keep(
        _ canaries: [EmbeddingVector], of encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [EmbeddingVector] {
        try check()
        return state.withLockedValue { state in
            let kept = state.kept[encoder] ?? canaries
            state.kept[encoder] = kept
            return kept
        }
    }

    private func check() throws(CacheStoreError) {
        if state.withLockedValue({ $0.isAway }) { throw CacheStoreError(.unavailable, "as told") }
    }
}
