/// One text as a point on the unit sphere: `dimension` floats with L2 norm 1, so that a dot product is a cosine.
package struct EmbeddingVector: Sendable, Equatable {
    /// The components in the encoder's order.
    package let components: [Float]

    package var dimension: Int { components.count }

    /// Takes components that already have norm 1.
    package init(unit components: [Float]) {
        self.components = components
    }
}
