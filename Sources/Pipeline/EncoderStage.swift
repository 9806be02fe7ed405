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
    private let deadline: Duration
    private let breaker = NIOLockedValueBox(Breaker(failureLimit: 5, openFor: .seconds(2)))

    package init(embedder: any Embedder, deadline: Duration) {
        self.embedder = embedder
        self.deadline = deadline
    }

    func embed(_ question: String) async -> Result {
        // What is remembered needs neither the encoder's health nor a timer.
        if let known = embedder.recall(question) {
            return .success(EntryVector(encoder: embedder.identity, embedding: known))
        }
        guard breaker.withLockedValue({ $0.admits(at: .now) }) else { return .failure(.encoderFailed) }
        do throws(EmbeddingError) {
            let embedding = try await withDeadline(question)
            breaker.withLockedValue { $0.succeeded() }
            return .success(EntryVector(encoder: embedder.identity, embedding: embedding))
        } catch {
            let reason = Self.reason(for: error)
            // A question that is too long, a queue that is full and a caller that went away say nothing about the
            // encoder's health. The last cannot be told by the error alone: the timer ends early, too.
            if reason == .encoderTimeout || reason == .encoderFailed, error.code != .cancelled, !Task.isCancelled {
                breaker.withLockedValue { $0.failed(at: .now) }
            }
            return .failure(reason)
        }
    }

    private func withDeadline(_ question: String) async throws(EmbeddingError) -> EmbeddingVector {
        let embedder = embedder
        let deadline = deadline
        let first = await withTaskGroup(of: Swift.Result<EmbeddingVector, EmbeddingError>.self) { group in
            group.addTask {
                do throws(EmbeddingError) {
                    return .success(try await embedder.embed(question))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await Task.sleep(for: deadline)
                return .failure(EmbeddingError(.timeout, "no embedding within \(deadline)"))
            }
            defer { group.cancelAll() }
            return await group.next()
        }
        guard let first else { throw EmbeddingError(.closed, "the task was taken down") }
        return try first.get()
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
