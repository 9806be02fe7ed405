package import Embedding
import GatewayCore
import Synchronization

/// The gateway's own encoder as a model that clients may ask. The cache comes first: of one request few texts wait at
/// a time, and of many requests some are refused.
package final class ServedEncoder: Sendable {
    /// The name clients use.
    package let model: String
    private let embedder: any Embedder
    private let requests = Atomic<Int>(0)

    /// Texts of one request that wait for the encoder together: half of what one pass takes by default.
    private static let window = 16
    /// Requests that are embedded at once.
    static let requestLimit = 8

    package init(model: String, embedder: any Embedder) {
        self.model = model
        self.embedder = embedder
    }

    var dimension: Int { embedder.identity.dimension }

    /// The tokens the encoder reads of a text; nil where only a remote service knows.
    func tokens(of text: String) -> Int? { embedder.tokenCount(of: text) }

    /// The vectors of all texts, in their order.
    /// - Throws: `invalidRequest` for a text that is too long, `overloaded`, `clientGone` when the task is cancelled,
    ///   and `providerFailed`.
    func vectors(of texts: [String]) async throws(GatewayError) -> [EmbeddingVector] {
        defer { requests.subtract(1, ordering: .relaxed) }
        guard requests.add(1, ordering: .relaxed).newValue <= Self.requestLimit else { throw Self.overloaded }
        var vectors: [EmbeddingVector] = []
        vectors.reserveCapacity(texts.count)
        while vectors.count < texts.count {
            let begin = vectors.count
            let promises = texts[begin..<min(begin + Self.window, texts.count)].map { text in
                let promise = EmbeddingPromise()
                embedder.embed(text, into: promise)
                return promise
            }
            // Of what waits behind one that failed nobody wants the vector.
            defer { for promise in promises { promise.settle(.failure(EmbeddingError(.cancelled, "not needed"))) } }
            for promise in promises {
                switch await promise.outcome() {
                case .success(let vector): vectors.append(vector)
                case .failure(let error): throw Self.refusal(error, index: vectors.count)
                }
            }
        }
        return vectors
    }

    private static func refusal(_ error: EmbeddingError, index: Int) -> GatewayError {
        switch error.code {
        case .textTooLong:
            GatewayError(
                .invalidRequest, "'input[\(index)]' has more tokens than the model reads",
                parameter: "input[\(index)]")
        case .overloaded, .closed: overloaded
        case .cancelled: GatewayError(.clientGone, "the client went away before there was an answer")
        case .timeout: GatewayError(.providerTimeout, "the encoder did not answer in time")
        default: GatewayError(.providerFailed, "the encoder failed")
        }
    }

    private static let overloaded = GatewayError(
        .overloaded, "the encoder has as much to do as it may", retryAfter: .seconds(1))
}
