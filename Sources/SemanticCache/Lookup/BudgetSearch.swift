import GatewayCore

/// What stays the same while the candidates of one search under an error budget are looked at.
struct BudgetSearch {
    let request: AnalyzedRequest
    let place: CachePlace
    let space: DecisionSpace
    /// Of the request's question.
    let embedding: EmbeddingVector
    /// How old an answer may be; nil for any age.
    let longestAge: Duration?
    /// Whether an answer is served that stands under another name.
    let takesAliases: Bool
}
