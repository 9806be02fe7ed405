import SemanticCache

/// Refrain's rule under an error budget: what the gateway decides by, and learns from labels of its own.
struct BudgetRule: ReplayRule {
    private var namespace: NamespaceDecider
    /// Whether the last label was the one that a drift was seen by.
    private(set) var isDrifting = false
    private let budget: Double
    private var random: BenchRandom
    private var last: HitDecision?

    var decider: HitDecider { namespace.decider }
    var estimate: LiveEstimate { namespace.estimate }
    var explorations: Int { namespace.counts.explored }

    /// - Parameter evidence: what is known of the namespace before.
    init(
        calibration: MatchCalibration, budget: Double, seed: UInt64,
        evidence: NamespaceEvidence = NamespaceEvidence()
    ) {
        namespace = NamespaceDecider(calibration: calibration, evidence: evidence)
        self.budget = budget
        random = BenchRandom(seed: seed)
    }

    mutating func place(_ candidates: [MatchCandidate]) -> Int? {
        let decision = namespace.decide(candidates, budget: budget, draw: Double.random(in: 0..<1, using: &random))
        last = decision
        guard case .serve(let place) = decision.action else { return nil }
        return place
    }

    mutating func learn(isRight: (Int) -> Bool) {
        isDrifting = false
        guard let decision = last, let place = decision.candidate else { return }
        if case .serve = decision.action { return }
        isDrifting = namespace.learn(decision, isRight: isRight(place), from: .answer)
    }

    mutating func countExactHit() { namespace.countExactHit() }

    /// The drift was noted.
    mutating func settle() { isDrifting = false }
}
