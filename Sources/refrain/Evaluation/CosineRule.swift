import SemanticCache

/// The base line: the most similar question's answer when the cosine is at least so high.
struct CosineRule: ReplayRule {
    let cut: Double

    func place(_ candidates: [MatchCandidate]) -> Int? {
        (candidates.first?.similarity ?? -1) >= cut ? 0 : nil
    }

    func learn(isRight: (Int) -> Bool) {}

    func countExactHit() {}
}
