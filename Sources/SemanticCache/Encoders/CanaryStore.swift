package import GatewayCore

/// Where the fleet keeps what an encoder made of the ``EncoderCanaries`` when it was first met. Redis in production;
/// ``CanaryMemory`` in tests.
package protocol CanaryStore: Sendable {
    /// The vectors that are kept; nil where none are, or none that can be read.
    func canaries(of encoder: EncoderIdentity) async throws(CacheStoreError) -> [EmbeddingVector]?

    /// Keeps vectors unless there are some that can be read.
    /// - Returns: what is kept from now on: those, or what somebody else kept before.
    func keep(
        _ canaries: [EmbeddingVector], of encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [EmbeddingVector]
}
