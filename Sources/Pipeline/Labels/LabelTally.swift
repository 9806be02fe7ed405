import SemanticCache

/// What comparing fresh answers with stored ones has come to.
package struct LabelTally: Sendable, Equatable {
    package private(set) var same = 0
    package private(set) var different = 0
    package private(set) var unsure = 0
    /// Pairs that were left out, as too many waited.
    package private(set) var dropped = 0

    package init() {}

    mutating func add(_ verdict: AnswerLikeness.Verdict) {
        switch verdict {
        case .same: same += 1
        case .different: different += 1
        case .unsure: unsure += 1
        }
    }

    mutating func addDropped() { dropped += 1 }
}
