/// What a target was worth when one was drawn.
package struct LearnedFigures: Sendable, Equatable {
    /// The expected quality, less the weighted share of the dearest target's price.
    package var worth: Double
    /// Of being drawn, 0 to 1.
    package var chance: Double
}
