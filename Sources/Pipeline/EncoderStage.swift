package import Embedding
import GatewayCore
import NIOConcurrencyHelpers
import SemanticCache

/// The encoder with a deadline and a breaker: an encoder that hangs costs a few requests its deadline, then none
/// anything until it answers again.
package struct EncoderStage: Sendable {
    /// Why a question has no vector.
    enum Result: Sendable {
        case success(EntryVector)
        case failure(MissReason)
    }

    private let embedder: any Embedder
    private let deadlines: EmbeddingDeadlines
    private let breaker = NIOLockedValueBox(Breaker(failureLimit: 5, openFor: .seconds(2)))

    package init(embedder: any Embedder, deadline: Duration) {
        self.embedder = embedder
        self.deadlines = EmbeddingDeadlines(after: deadline)
    }

    func embed(_ question: String) async -> Result {
        // What is remembered needs neither the encoder's health nor a timer.
        if let known = embedder.recall(question) {
            return .success(EntryVector(encoder: embedder.identity, embedding: known))
        }
        guard breaker.withLockedValue({ $0.admits(at: .now) }) else { return .failure(.encoderFailed) }
        do throws(EmbeddingError) {
            let embedding = try await embedder.embed(question, within: deadlines)
            breaker.withLockedValue { $0.succeeded() }
            return .success(EntryVector(encoder: embedder.identity, embedding: embedding))
        } catch {
            let reason = Self.reason(for: error)
            // A question that is too long, a queue that is full and a caller that went away say nothing about the
            // encoder's health.
            if reason == .encoderTimeout || reason == .encoderFailed, error.code != .cancelled {
                breaker.withLockedValue { $0.failed(at: .now) }
            }
            return .failure(reason)
        }
    }

    private static func reason(for error: EmbeddingError) -> MissReason {
        switch error.code {
        case .timeout: .encoderTimeout
        case .overloaded: .encoderOverloaded
        case .textTooLong: .overWindow
        default: .encoderFailed
        }
    }
}
