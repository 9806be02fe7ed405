package import GatewayCore

/// What makes an entry one of the operator's own: it stays until its date, whatever is asked for, stored or let go
/// beside it.
package struct Curation: Sendable, Equatable {
    /// The answer's name in the operator's file.
    package let answer: String
    /// Questions that look like the entry's and must not be served by it.
    package let distractors: [EmbeddingVector]
    /// Which encoder made their vectors, as it describes itself; nil of answers that were stored without saying so.
    package let encoder: String?

    package init(answer: String, distractors: [EmbeddingVector] = [], encoder: String? = nil) {
        self.answer = answer
        self.distractors = distractors
        self.encoder = encoder
    }

    /// Until when an answer stays that has no date: the last second of the year 9999.
    package static let forever = UnixTime(milliseconds: 253_402_300_799_000)

    /// Whether a question is nearer to something that must not be served by the entry than to the entry itself.
    /// Where that cannot be told, because another encoder made their vectors, it is taken to be.
    /// - Parameters:
    ///   - similarity: the question's cosine to the entry.
    ///   - encoder: which one made the question's vector; nil where there is only one.
    package func distracts(
        _ question: EmbeddingVector, from similarity: Float, encoder: EncoderIdentity? = nil
    ) -> Bool {
        if let encoder, let own = self.encoder, own != encoder.description { return !distractors.isEmpty }
        return distractors.contains { distractor in
            guard distractor.dimension == question.dimension else { return false }
            var cosine: Float = 0
            let (left, right) = (distractor.components.span, question.components.span)
            for index in left.indices { cosine += left[index] * right[index] }
            return cosine > similarity
        }
    }
}
