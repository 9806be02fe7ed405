package import GatewayCore
import VectorMath

/// What a question means: by it others find the call that answers theirs, too.
package struct FlightCourse: Sendable {
    package let embedding: EmbeddingVector
    package let features: GuardFeatures

    package init(embedding: EmbeddingVector, features: GuardFeatures) {
        self.embedding = embedding
        self.features = features
    }

    /// Which of several questions under way is the most similar of those whose answer the rule would serve to this one.
    /// - Returns: its place in `others`, and the cosine.
    package func match(
        among others: some Collection<FlightCourse>, by rule: some HitRule
    ) -> (place: Int, similarity: Float)? {
        var best: (place: Int, similarity: Float)?
        for (place, other) in others.enumerated() where other.embedding.dimension == embedding.dimension {
            let similarity = BLAS.dot(embedding.components, other.embedding.components)
            guard similarity >= rule.lowestUsefulSimilarity, similarity > best?.similarity ?? -.infinity,
                rule.refusal(question: features, candidate: other.features, similarity: similarity) == nil
            else { continue }
            best = (place, similarity)
        }
        return best
    }
}
