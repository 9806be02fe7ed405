/// How sure the candidate of a decision under an error budget was.
package struct HitConfidence: Sendable, Equatable {
    /// The chance that its answer is right.
    package let right: Double
    /// The least that can be said of that chance.
    package let bound: Double
    /// The candidate's score, in log odds.
    package let score: Double
    /// The lowest score that is served from; nil when none is.
    package let floor: Double?
    /// Wrong hits per hit that are allowed.
    package let budget: Double

    package init(right: Double, bound: Double, score: Double, floor: Double?, budget: Double) {
        self.right = right
        self.bound = bound
        self.score = score
        self.floor = floor
        self.budget = budget
    }
}
