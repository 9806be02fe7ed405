package import GatewayCore

/// Turns a text into a point on the unit sphere: near points mean alike.
package protocol Embedder: Sendable {
    /// Which encoder this is. Vectors are compared only within one identity.
    var identity: EncoderIdentity { get }

    /// The vector of `text`, with L2 norm 1.
    ///
    /// Has no deadline of its own: a caller that gives up cancels its task, and the work is dropped if it has not
    /// begun. Throws an `EmbeddingError`; `.cancelled` after a cancellation.
    func embed(_ text: String) async throws(EmbeddingError) -> EmbeddingVector

    /// The vector of `text` if it is at hand without any work; nil otherwise. Never waits.
    func recall(_ text: String) -> EmbeddingVector?
}

extension Embedder {
    /// Nothing: an embedder without a memo remembers nothing.
    package func recall(_ text: String) -> EmbeddingVector? { nil }
}
