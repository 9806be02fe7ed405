import GatewayCore
import NIOConcurrencyHelpers
import NIOCore
import SemanticCache

/// What making one answer anew must know of the one before.
struct RefreshOrder: Sendable {
    let lease: RefreshLease
    let due: RefreshDue
    /// The answer before.
    let answer: ByteBuffer
    /// Compares what answers say; nil where only their words can be compared.
    let encoder: EncoderStage?
    /// What the comparison came to, once it was made.
    let sameness = NIOLockedValueBox<AnswerSameness?>(nil)

    func making(_ answer: ChatAnswer, took: Duration) async -> AnswerMaking {
        let sameness = await compare(answer)
        self.sameness.withLockedValue { $0 = sameness }
        return AnswerMaking(took: took, step: sameness.step(after: due.step), lease: lease)
    }

    private func compare(_ answer: ChatAnswer) async -> AnswerSameness {
        guard let new = answer.text, let document = try? JSONDocument(self.answer),
            let old = AnswerSameness.text(of: document)
        else { return .unknown }
        return await AnswerSameness(old, new) { text in
            guard let encoder, case .success(let vector) = await encoder.embed(text) else { return nil }
            return vector.embedding
        }
    }
}
