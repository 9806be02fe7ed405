import SemanticCache

/// What a replay asks about each question that no equal one was found for.
protocol ReplayRule {
    /// - Returns: whether to serve the first candidate, or another one by its place; nil to ask the model.
    mutating func place(_ candidates: [MatchCandidate]) -> Int?

    /// The model was asked, or would have been; whether the candidate of the last question would have been right.
    /// Not called when nobody could tell.
    mutating func learn(isRight: (Int) -> Bool)

    mutating func countExactHit()
}
