/// What became of one line of an import.
package enum CuratedOutcome: Sendable, Equatable {
    /// It stands now, under so many questions.
    case stored(questions: Int)
    /// It stood already.
    case unchanged
    /// Its date has passed; it is not served, and what stood under its id is gone.
    case over
    /// It cannot be used, for this reason.
    case refused(String)
    /// It cannot be used: another answer has one of its questions.
    case taken(question: String, answer: String)

    /// Why the line cannot be used; nil when it can.
    package var refusal: String? {
        switch self {
        case .stored, .unchanged, .over: nil
        case .refused(let reason): reason
        case .taken(let question, let answer): "“\(question)” is already a question of '\(answer)'"
        }
    }
}
