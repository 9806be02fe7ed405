package import GatewayCore

/// What a search by similarity would come to.
package struct SimilarPreview: Sendable {
    /// One of the stored questions nearest to the one that is asked.
    package struct Candidate: Sendable {
        package let entry: EntryID
        /// Cosine of the two questions.
        package let similarity: Float
        /// What the guard says of serving the one in the place of the other.
        package let verdict: GuardVerdict
        /// Why it would not be served; nil also for one that would be, if it were not for another.
        package fileprivate(set) var refusal: MissReason?
        /// Since its answer was made; nil when the store no longer has it.
        package let age: Duration?
        /// Whether an operator wrote its answer.
        package let isCurated: Bool
        /// Whether it is the one that would be served.
        package fileprivate(set) var isServed = false

        init(
            entry: EntryID, similarity: Float, verdict: GuardVerdict, refusal: MissReason?, age: Duration?,
            isCurated: Bool
        ) {
            self.entry = entry
            self.similarity = similarity
            self.verdict = verdict
            self.refusal = refusal
            self.age = age
            self.isCurated = isCurated
        }
    }

    /// The highest cosine to a stored question; nil when the scan's queue was full.
    package let best: Float?
    /// Why the nearest entry would not be served.
    package let refusal: MissReason?
    /// How sure the best candidate is, where an error budget decides.
    package let confidence: HitConfidence?
    /// The nearest entries, nearest first.
    package let candidates: [Candidate]

    /// Nobody could look.
    static let overloaded = SimilarPreview(
        best: nil, refusal: .searchOverloaded, confidence: nil, candidates: [])

    private init(best: Float?, refusal: MissReason?, confidence: HitConfidence?, candidates: [Candidate]) {
        self.best = best
        self.refusal = refusal
        self.confidence = confidence
        self.candidates = candidates
    }

    /// - Parameters:
    ///   - served: the place of the candidate that would be served; nil when none would be: then what nothing else
    ///     refuses is not near enough.
    init(best: Float?, _ candidates: [Candidate], served: Int?, confidence: HitConfidence? = nil) {
        var candidates = candidates
        if let served {
            candidates[served].isServed = true
        } else {
            for place in candidates.indices { candidates[place].refusal = candidates[place].refusal ?? .below }
        }
        let refusal: MissReason? = candidates.isEmpty ? .below : candidates[0].refusal
        self.init(best: best, refusal: refusal, confidence: confidence, candidates: candidates)
    }
}
