import GatewayCore

/// The nearest stored questions, as a decision sees them.
struct NearQuestions {
    private(set) var rows: [ScanCandidate]
    private(set) var candidates: [MatchCandidate]
    /// Why the most similar one is refused whatever the likeness; nil when it is not, or was gone.
    private(set) var refusal: MissReason?

    /// - Parameter found: best first.
    init(_ found: [ScanCandidate], to question: String) {
        let features = GuardFeatures(text: question)
        rows = found
        candidates = []
        candidates.reserveCapacity(found.count)
        for near in found {
            let verdict = StructuralGuard.verdict(question: features, candidate: near.row.features)
            if candidates.isEmpty, case .veto(let reason) = verdict { refusal = MissReason(reason) }
            candidates.append(
                MatchCandidate(similarity: Double(near.similarity), group: near.row.group, verdict: verdict))
        }
    }

    /// Notes why one that was to be served is not; of several reasons the first is told.
    mutating func refuse(_ reason: MissReason) { refusal = refusal ?? reason }

    /// Leaves one out that may not be served.
    mutating func remove(_ place: Int) {
        guard rows.indices.contains(place) else { return }
        rows.remove(at: place)
        candidates.remove(at: place)
    }
}
