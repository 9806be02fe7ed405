import GatewayCore

/// How a question stands to another one whose answer may serve it, too.
struct QuestionLikeness {
    /// Cosine of the two.
    let similarity: Float
    /// Of the one that is asked now.
    let embedding: EmbeddingVector
    /// How old the answer may be, by the words of the one that is asked now; nil for any age.
    let longestAge: Duration?
}
