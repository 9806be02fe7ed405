/// Why there is no vector. The cache goes on without one: exact hits need none.
package struct EmbeddingError: Error, Sendable, Equatable, CustomStringConvertible {
    package let code: EmbeddingErrorCode
    /// What was expected and what was found, with the file or address. For logs, not for clients.
    package let message: String

    package init(_ code: EmbeddingErrorCode, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Whether the same text may succeed a moment later.
    package var isRetriable: Bool {
        switch code {
        case .overloaded, .timeout, .remoteFailed: true
        default: false
        }
    }

    package var description: String { "\(code.rawValue): \(message)" }

    static let cancelled = EmbeddingError(.cancelled, "the caller gave up waiting for the embedding")
    static let closed = EmbeddingError(.closed, "the embedder is shutting down")
}
