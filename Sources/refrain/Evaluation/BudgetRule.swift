import SemanticCache

/// Refrain's rule under an error budget.
struct BudgetRule: ReplayRule {
    private(set) var decider: HitDecider
    private(set) var estimate = LiveEstimate()
    private(set) var drift = DriftMonitor()
    private(set) var explorations = 0
    /// Whether the last label was the one that a drift was seen by.
    private(set) var isDrifting = false
    private let budget: Double
    private var random: BenchRandom
    private var last: HitDecision?

    /// - Parameter evidence: what is known of the namespace before.
    init(
        calibration: MatchCalibration, budget: Double, seed: UInt64,
        evidence: NamespaceEvidence = NamespaceEvidence()
    ) {
        decider = HitDecider(calibration: calibration, evidence: evidence)
        self.budget = budget
        random = BenchRandom(seed: seed)
    }

    mutating func place(_ candidates: [MatchCandidate]) -> Int? {
        let decision = decider.decide(candidates, budget: budget, draw: Double.random(in: 0..<1, using: &random))
        last = decision
        switch decision.action {
        case .serve(let place):
            estimate.countHit(risk: decision.risk)
            return place
        case .explore:
            explorations += 1
            return nil
        case .miss:
            return nil
        }
    }

    mutating func learn(isRight: (Int) -> Bool) {
        isDrifting = false
        guard let decision = last else { return }
        let isExplored: Bool
        let place: Int
        switch decision.action {
        case .serve: return
        case .explore(let explored): (isExplored, place) = (true, explored)
        case .miss(let nearest):
            guard let nearest else { return }
            (isExplored, place) = (false, nearest)
        }
        let isRight = isRight(place)
        if isExplored { estimate.countCheck(risk: decision.risk, isWrong: !isRight) }
        decider.learn(decision, isRight: isRight)
        isDrifting = drift.add(risk: decision.risk, isWrong: !isRight)
        if isDrifting { decider.distrust() }
    }

    mutating func countExactHit() {
        decider.countExactHit()
        estimate.countExactHit()
    }

    /// The drift was noted.
    mutating func settle() { isDrifting = false }
}
