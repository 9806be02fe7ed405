/// All that decides about hits in one namespace: the plan, the live estimate of wrong hits, the watch for drift and
/// the floor that labels have proven.
///
/// After a drift nothing below the last proven floor is served until enough new labels have come. Pure.
package struct NamespaceDecider: Sendable {
    /// Labels after a drift for which the proven floor stands: some three of the drift monitor's windows.
    private static let cautiousLabels = 200
    /// Labels between two looks for a lower floor that is proven.
    private static let labelsPerProof = 100

    package private(set) var decider: HitDecider
    package private(set) var estimate = LiveEstimate()
    private var drift = DriftMonitor()
    private var labels = FloorLabels()
    private var labelsProven = 0
    /// The lowest bin that is proven to keep the budget.
    private var provenBin = ScoreBins.count
    private var cautiousFor = 0
    /// The budget that was asked for last.
    package private(set) var budget = 0.01
    /// Rises whenever there is something new to tell the others.
    package private(set) var revision = 0
    package private(set) var counts = DecisionCounts()

    package init(calibration: MatchCalibration, evidence: NamespaceEvidence = NamespaceEvidence()) {
        decider = HitDecider(calibration: calibration, evidence: evidence)
    }

    /// - Parameters:
    ///   - candidates: best first.
    ///   - budget: wrong hits per hit that are allowed, such as 0.01.
    ///   - draw: a random number, even over 0 to 1.
    package mutating func decide(
        _ candidates: some Collection<MatchCandidate>, budget: Double, draw: Double
    ) -> HitDecision {
        self.budget = budget
        let decision = decider.decide(
            candidates, budget: budget, draw: draw, notBelow: cautiousFor > 0 ? provenBin : 0)
        switch decision.action {
        case .serve:
            estimate.countHit(risk: decision.risk)
            counts.served += 1
        case .explore: counts.explored += 1
        case .miss: counts.missed += 1
        }
        counts.floor = decision.score > -.infinity ? decision.floor : counts.floor
        return decision
    }

    /// What was to be served was gone: it was no hit.
    package mutating func withdraw(_ decision: HitDecision) {
        decider.withdraw(decision)
        guard case .serve = decision.action else { return }
        estimate.withdrawHit(risk: decision.risk)
        counts.served -= 1
    }

    package mutating func countExactHit() {
        decider.countExactHit()
        estimate.countExactHit()
    }

    /// Learns whether a decision's candidate would have been right.
    /// - Returns: whether this label told of a drift. What was learned before is then nearly forgotten.
    package mutating func learn(_ decision: HitDecision, isRight: Bool, from source: LabelSource) -> Bool {
        guard decision.score > -.infinity else { return false }
        decider.learn(decision, isRight: isRight, weight: source.weight)
        revision += 1
        counts.learned(isRight: isRight)
        guard source != .feedback else { return false }
        if case .miss = decision.action {} else { estimate.countCheck(risk: decision.risk, isWrong: !isRight) }
        labels.add(score: decision.score, isRight: isRight)
        labelsProven += 1
        cautiousFor = max(cautiousFor - 1, 0)
        if labelsProven % Self.labelsPerProof == 0 { provenBin = labels.provenFloor(budget: budget) }
        guard drift.add(risk: decision.risk, isWrong: !isRight) else { return false }
        counts.drifts += 1
        beginAnew()
        return true
    }

    /// Another replica has noticed a drift.
    package mutating func driftedElsewhere() { beginAnew() }

    private mutating func beginAnew() {
        decider.distrust()
        drift = DriftMonitor()
        labels = FloorLabels()
        labelsProven = 0
        cautiousFor = Self.cautiousLabels
        revision += 1
    }

    /// Takes in what the other replicas have learned; see ``HitDecider/hear(_:)``.
    package mutating func hear(_ others: NamespaceEvidence) { decider.hear(others) }

    /// The same, when it was done to a copy: takes over what that came to.
    /// - Returns: false when more was learned since the copy was made; nothing has changed then.
    package mutating func adopt(_ copy: NamespaceDecider) -> Bool {
        guard copy.revision == revision else { return false }
        decider.adopt(copy.decider)
        return true
    }

    /// Forgets what is this replica's own: another one has taken it over.
    package mutating func handOver() {
        decider.handOver()
        revision += 1
    }

    /// Adds evidence to this replica's own: that of a replica that is no more.
    package mutating func inherit(_ evidence: NamespaceEvidence) {
        decider.inherit(evidence)
        revision += 1
    }

    /// The lowest score that labels have proven to keep the budget; ∞ when none has.
    package var provenFloor: Double { ScoreBins.lowerEdge(provenBin) }

    /// How probable it is that a decision's candidate is right, and the least that can be said of it.
    package func confidence(of decision: HitDecision) -> (right: Double, bound: Double) {
        guard decision.score > -.infinity else { return (0, 0) }
        let score = ScoreBins.centre(ScoreBins.index(decision.score))
        return (1 - decider.curve.risk(score, deviations: 0), decider.curve.lowerBound(score))
    }
}
