/// How much better or worse than its namespace one answer group does, from the labels of its candidates.
///
/// The most probable offset in log odds after one Newton step from zero, under a Gaussian prior around zero: a group
/// with few labels stays with its namespace, one that misleads drifts strict by itself. Sums, so replicas can add.
package struct OffsetEvidence: Sendable, Equatable {
    /// Variance of the prior. Between 0.5 and 2 replays hardly differ.
    private static let variance = 1.0

    private(set) var residual = 0.0
    private(set) var information = 0.0

    package init() {}

    init(residual: Double, information: Double) {
        self.residual = residual
        self.information = information
    }

    /// What to add to a score.
    package var offset: Double { residual / (information + 1 / Self.variance) }

    /// - Parameter expected: P(right) before the label was known.
    package mutating func add(isRight: Bool, expected: Double) {
        residual += (isRight ? 1 : 0) - expected
        information += expected * (1 - expected)
    }

    /// The same with less weight.
    func faded(to share: Double) -> OffsetEvidence {
        OffsetEvidence(residual: residual * share, information: information * share)
    }

    package mutating func merge(_ other: OffsetEvidence) {
        residual += other.residual
        information += other.information
    }
}
