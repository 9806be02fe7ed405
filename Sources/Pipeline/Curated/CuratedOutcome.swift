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
}
