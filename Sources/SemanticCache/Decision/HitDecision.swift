/// What was decided about a question, and by which figures; learning from its label needs it again.
package struct HitDecision: Sendable, Equatable {
    /// What to do with the question.
    package enum Action: Sendable, Equatable {
        /// Serve this candidate, by its place among those that were given.
        case serve(Int)
        /// It would have been served, but the model is asked to learn whether rightly. For the caller a miss.
        case explore(Int)
        /// Ask the model. The candidate is the nearest that was not vetoed, if any: the fresh answer shows whether it
        /// would have been right.
        case miss(Int?)
    }

    package let action: Action
    /// In log odds, the answer group's offset in it; −∞ without a candidate.
    package let score: Double
    /// Estimated chance that the candidate's answer is wrong, on the careful side.
    package let risk: Double
    let group: UInt64
    /// How probable it was that the model be asked although the candidate could be served.
    package let explorationRate: Double

    /// The structural differences of the candidate that were no veto.
    package let cautions: GuardReasons

    static let nothing = HitDecision(
        action: .miss(nil), score: -.infinity, risk: 1, group: 0, explorationRate: 0, cautions: [])
}
