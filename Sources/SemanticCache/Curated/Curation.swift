package import GatewayCore

/// What makes an entry one of the operator's own: it stays until its date, whatever is asked for, stored or let go
/// beside it.
package struct Curation: Sendable, Equatable {
    /// The answer's name in the operator's file.
    package let answer: String
    /// Questions that look like the entry's and must not be served by it.
    package let distractors: [EmbeddingVector]

    package init(answer: String, distractors: [EmbeddingVector] = []) {
        self.answer = answer
        self.distractors = distractors
    }

    /// Until when an answer stays that has no date: the last second of the year 9999.
    package static let forever = UnixTime(milliseconds: 253_402_300_799_000)

    /// Whether a question is nearer to something that must not be served by the entry than to the entry itself.
    /// - Parameter similarity: the question's cosine to the entry.
    package func distracts(_ question: EmbeddingVector, from similarity: Float) -> Bool {
        distractors.contains { distractor in
            guard distractor.dimension == question.dimension else { return false }
            var cosine: Float = 0
            let (left, right) = (distractor.components.span, question.components.span)
            for index in left.indices { cosine += left[index] * right[index] }
            return cosine > similarity
        }
    }
}
