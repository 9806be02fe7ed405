/// How good one target's answer is expected to be.
package struct LearnedScore: Sendable, Equatable {
    /// About 0 to 1.
    package var quality: Double
    /// How far the truth may be from it: a standard deviation.
    package var deviation: Double
    /// The judgments it rests on, as far as they still count.
    package var judgments: Double

    package init(quality: Double, deviation: Double, judgments: Double = 0) {
        self.quality = quality
        self.deviation = deviation
        self.judgments = judgments
    }
}
