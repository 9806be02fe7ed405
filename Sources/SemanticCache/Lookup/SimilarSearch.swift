import GatewayCore

/// One search by similarity while its candidates are looked at.
struct SimilarSearch {
    let request: AnalyzedRequest
    let place: CachePlace
    /// Of the question.
    let features: GuardFeatures
    let rule: any HitRule
    let embedding: EmbeddingVector
    /// Of an answer, as far as the question's words tell; nil for any age.
    let longestAge: Duration?
    /// Whether an answer is served that stands under another name.
    let takesAliases: Bool
    /// Candidates looked at that still are there.
    var seen = 0
    /// Those of them that were not expired in the index.
    var live = 0
    /// The highest cosine, if it came near the threshold.
    var best: Float?
    /// Of several refusals the most similar candidate's is told: it goes with `best`.
    private(set) var reason: MissReason?
    private var isStaleKnown = false

    init(
        request: AnalyzedRequest, place: CachePlace, features: GuardFeatures, rule: any HitRule,
        embedding: EmbeddingVector, longestAge: Duration?, takesAliases: Bool
    ) {
        self.takesAliases = takesAliases
        self.embedding = embedding
        self.request = request
        self.place = place
        self.features = features
        self.rule = rule
        self.longestAge = longestAge
    }

    mutating func refuse(_ refusal: MissReason) { reason = reason ?? refusal }

    /// Takes a candidate that would serve but for its age; only the most similar one is of use.
    mutating func stale(_ entry: EntryID, _ similarity: Float) -> ExactOutcome {
        refuse(.expired)
        if isStaleKnown { return .none }
        isStaleKnown = true
        return .stale(StaleAnswer(entry: entry, partition: place.partition, similarity: similarity))
    }
}
