/// What was decided in a namespace so far, for the operator.
package struct DecisionCounts: Sendable, Equatable {
    /// Hits by likeness.
    package internal(set) var served = 0
    /// Hits that were given up to learn whether they would have been right.
    package internal(set) var explored = 0
    package internal(set) var missed = 0
    package internal(set) var labelsRight = 0
    package internal(set) var labelsWrong = 0
    package internal(set) var drifts = 0
    /// The lowest score that was served from last; ∞ when none was.
    package internal(set) var floor = Double.infinity

    package init() {}

    mutating func learned(isRight: Bool) {
        if isRight { labelsRight += 1 } else { labelsWrong += 1 }
    }

    /// Adds those of another namespace; of the floors the stricter stays.
    package mutating func merge(_ other: DecisionCounts) {
        served += other.served
        explored += other.explored
        missed += other.missed
        labelsRight += other.labelsRight
        labelsWrong += other.labelsWrong
        drifts += other.drifts
    }
}
