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
    /// Nil where nothing is compared that others stored.
    private let check: EncoderCheck?
    private let deadlines: EmbeddingDeadlines
    private let breaker = NIOLockedValueBox(Breaker(failureLimit: 5, openFor: .seconds(2)))

    /// - Parameter check: knows whether the encoder may be believed; hears when it answers again.
    package init(embedder: any Embedder, deadline: Duration, check: EncoderCheck? = nil) {
        self.embedder = embedder
        self.check = check
        self.deadlines = EmbeddingDeadlines(after: deadline)
    }

    /// The vector of a text that is stored, or compared with what is.
    func embed(_ question: String) async -> Result {
        switch check?.gate.standing {
        case .unchecked: .failure(.encoderUnchecked)
        case .mismatched: .failure(.encoderMismatch)
        case .sound, nil: await vector(of: question)
        }
    }

    /// The vector of a text that is compared with this process' own texts: no store needs to answer for it first.
    func embedApart(_ question: String) async -> Result {
        if check?.gate.standing == .mismatched { return .failure(.encoderMismatch) }
        return await vector(of: question)
    }

    private func vector(of question: String) async -> Result {
        // What is remembered needs neither the encoder's health nor a timer.
        if let known = embedder.recall(question) {
            return .success(EntryVector(encoder: embedder.identity, embedding: known))
        }
        guard breaker.withLockedValue({ $0.admits(at: .now) }) else { return .failure(.encoderFailed) }
        do throws(EmbeddingError) {
            let embedding = try await embedder.embed(question, within: deadlines)
            if breaker.withLockedValue({ $0.succeeded() }) { check?.again() }
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
