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
    /// Of the candidate's answer.
    package let group: UInt64
    /// How probable it was that the model be asked although the candidate could be served.
    package let explorationRate: Double

    /// The structural differences of the candidate that were no veto.
    package let cautions: GuardReasons
    /// The lowest score that was served from at the time; ∞ when none was.
    package let floor: Double

    init(
        action: Action, score: Double, risk: Double, group: UInt64, explorationRate: Double, cautions: GuardReasons,
        floor: Double = .infinity
    ) {
        self.action = action
        self.score = score
        self.risk = risk
        self.group = group
        self.explorationRate = explorationRate
        self.cautions = cautions
        self.floor = floor
    }

    /// The place of the candidate it is about; nil when there was none.
    package var candidate: Int? {
        switch action {
        case .serve(let place), .explore(let place): place
        case .miss(let place): place
        }
    }

    static let nothing = HitDecision(
        action: .miss(nil), score: -.infinity, risk: 1, group: 0, explorationRate: 0, cautions: [])
}
