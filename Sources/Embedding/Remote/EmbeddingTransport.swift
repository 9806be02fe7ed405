package import NIOCore

/// Carries one request to a remote embedding service. The wiring supplies it, so that this module needs no HTTP client.
package protocol EmbeddingTransport: Sendable {
    /// Sends `body` with POST and returns whatever status the service answered.
    ///
    /// Throws `.remoteFailed` or `.timeout` when there is no answer, `.cancelled` when the task was cancelled. Bounds
    /// the size of the answer and the time it takes.
    func post(
        _ body: ByteBuffer, to url: String, headers: [(name: String, value: String)]
    ) async throws(EmbeddingError) -> (status: Int, body: ByteBuffer)
}
