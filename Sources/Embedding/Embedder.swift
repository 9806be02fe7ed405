package import GatewayCore

/// Turns a text into a point on the unit sphere: near points mean alike.
package protocol Embedder: Sendable {
    /// Which encoder this is. Vectors are compared only within one identity.
    var identity: EncoderIdentity { get }

    /// Begins to compute the vector of `text`, with L2 norm 1, and settles `promise` with it or with what went wrong:
    /// at once or later, on any thread. Never waits. Work for a promise that was settled by others is dropped if it has
    /// not begun.
    func embed(_ text: String, into promise: EmbeddingPromise)

    /// The vector of `text` if it is at hand without any work; nil otherwise. Never waits.
    func recall(_ text: String) -> EmbeddingVector?

    /// How many tokens the model reads of `text`; nil where only a remote service knows. Takes microseconds.
    func tokenCount(of text: String) -> Int?
}

extension Embedder {
    /// Nothing: an embedder without a memo remembers nothing.
    package func recall(_ text: String) -> EmbeddingVector? { nil }

    /// Not known: an embedder without a tokenizer counts nothing.
    package func tokenCount(of text: String) -> Int? { nil }

    /// The vector of `text`. Throws `.cancelled` as soon as the caller's task is cancelled.
    /// - Parameter deadlines: what throws `.timeout` when it takes too long; nil to wait for as long as it takes.
    package func embed(
        _ text: String, within deadlines: EmbeddingDeadlines? = nil
    ) async throws(EmbeddingError) -> EmbeddingVector {
        guard !Task.isCancelled else { throw .cancelled }
        let promise = EmbeddingPromise()
        embed(text, into: promise)
        deadlines?.watch(promise)
        return try await promise.outcome().get()
    }
}
