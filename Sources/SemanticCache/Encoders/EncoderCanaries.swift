package import GatewayCore

/// Texts whose vectors show whether an encoder is still the one whose name stands at what is stored.
package enum EncoderCanaries {
    /// Never changed: their vectors are kept in Redis for as long as an encoder's name is used. Of different kinds and
    /// scripts, and at most six word pieces long, as `embedding.max_tokens` may be 8.
    package static let texts = [
        "How tall is the tower?", "Cancel my subscription.", "Bonjour Paris", "x = 1", "0.5 kg", "refund",
        "The weather is not nice", "你好",
    ]

    /// From which cosine on a vector is the same.
    package enum Floor: Float, Sendable {
        /// A service computes with other hardware today than yesterday, and rounds otherwise.
        case remote = 0.999
        /// Replicas may run the same weights in other formats: int8 may stray from the reference by a cosine of 0.99
        /// and bf16 by 0.998, from each other by 0.979. Other weights have another name.
        case local = 0.97
    }

    /// The least of the cosines between vectors of the same texts; nil where they are not of one shape.
    package static func likeness(_ ours: [EmbeddingVector], _ kept: [EmbeddingVector]) -> Float? {
        guard ours.count == kept.count else { return nil }
        var least: Float = 1
        for (one, other) in zip(ours, kept) {
            guard one.dimension == other.dimension else { return nil }
            var cosine: Float = 0
            for (left, right) in zip(one.components, other.components) { cosine += left * right }
            // Asked this way round, because a cosine that is not a number is below nothing.
            if !(cosine >= least) { least = cosine }
            if least.isNaN { return nil }
        }
        return least
    }
}
