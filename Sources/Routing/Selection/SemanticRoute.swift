package import GatewayCore

/// A kind of request shown by example phrases, and the tier it goes to.
package struct SemanticRoute: Sendable {
    package var name: String
    package var tier: String
    /// The examples' vectors, of the same encoder as requests'. 5 to 30 are usual.
    package var examples: [EmbeddingVector]
    /// The least cosine to the nearest example.
    package var threshold: Float

    package init(name: String, tier: String, examples: [EmbeddingVector], threshold: Float) {
        self.name = name
        self.tier = tier
        self.examples = examples
        self.threshold = threshold
    }
}

/// The route whose example is nearest to a request.
package struct SemanticMatch: Sendable, Equatable {
    package let route: String
    package let tier: String
    package let cosine: Float
    /// The lead over the nearest example of a route to another tier.
    package let margin: Float
}
