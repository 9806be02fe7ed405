/// Decides in one namespace which hits an error budget allows, and learns from the answers that were fetched anyway.
///
/// The order of calls: ``decide(_:budget:draw:)`` for each question that no equal one was found for; when its action is
/// to ask the model, ``learn(_:isRight:)`` once the fresh answer was compared with the candidate's. Exact hits are told
/// by ``countExactHit()``. Pure and deterministic: randomness comes in as `draw`. A decision costs a few µs for eight
/// candidates, a label some 10 µs in the decision after it.
package struct HitDecider: Sendable {
    /// How careful the plan is with what is not known about the curve, in standard deviations.
    private static let deviations = 0.5
    /// Labels after which the curve is fitted only at every fifth one.
    private static let eagerLabels = 200

    private let calibration: MatchCalibration
    /// What was learned here: to be stored under this replica's name.
    package private(set) var evidence = NamespaceEvidence()
    /// What the other replicas have learned, and that together with our own.
    private var others = NamespaceEvidence()
    private var all = NamespaceEvidence()
    package private(set) var curve = ScoreCurve()
    private var plan = HitPlan()
    private var risks: [Double]
    /// Labels that said "right" of scores of each bin or above.
    private var rights = Array(repeating: 0.0, count: ScoreBins.count)
    private var labels = 0
    private var labelsFitted = 0

    package init(calibration: MatchCalibration) {
        self.calibration = calibration
        risks = Self.risks(of: curve)
    }

    /// Goes on from what this replica had stored.
    package init(calibration: MatchCalibration, evidence: NamespaceEvidence) {
        self.init(calibration: calibration)
        self.evidence = evidence
        all = evidence
        refit()
    }

    /// - Parameters:
    ///   - candidates: best first.
    ///   - budget: wrong hits per hit that are allowed, such as 0.01. It may differ from call to call.
    ///   - draw: a random number, even over 0 to 1, which decides about exploration.
    ///   - strictest: the lowest bin of the score that may be served, whatever the plan says.
    package mutating func decide(
        _ candidates: some Collection<MatchCandidate>, budget: Double, draw: Double, notBelow strictest: Int = 0
    ) -> HitDecision {
        guard let features = MatchFeatures(candidates) else { return .nothing }
        if labels > labelsFitted, labels <= Self.eagerLabels || labels >= labelsFitted + 5 { refit() }
        let place = candidates.index(candidates.startIndex, offsetBy: features.candidate)
        let group = candidates[place].group
        let score = calibration.score(features) + all.offset(group: group, cautions: features.cautions)
        let bin = ScoreBins.index(score)
        plan.countSeen(bin)
        let risk = risks[bin]
        let cut = max(plan.cut(risks: risks, budget: budget), strictest)
        let rate = AnswerGroup.isOfOperator(group)
            ? 0 : ExplorationRate.rate(risk: risk, rights: cut < rights.count ? rights[cut] : 0)
        let action: HitDecision.Action
        if bin < cut {
            action = .miss(features.candidate)
        } else if draw < rate {
            action = .explore(features.candidate)
        } else {
            action = .serve(features.candidate)
            plan.countServed(bin)
        }
        return HitDecision(
            action: action, score: score, risk: risk, group: group, explorationRate: rate,
            cautions: features.cautions, floor: ScoreBins.lowerEdge(cut))
    }

    /// A decision that came to nothing: what was to be served was gone. It is as if it had not been asked for.
    package mutating func withdraw(_ decision: HitDecision) {
        guard decision.score > -.infinity else { return }
        let isServed = if case .serve = decision.action { true } else { false }
        plan.withdraw(ScoreBins.index(decision.score), isServed: isServed)
    }

    /// Learns whether the candidate of a decision would have been right. Labels of hits, from feedback or from audits,
    /// are welcome too.
    /// - Parameter weight: what the label counts, from 0 to 10; what came of a miss counts 1.
    package mutating func learn(_ decision: HitDecision, isRight: Bool, weight: Double = 1) {
        guard decision.score > -.infinity else { return }
        let expected = Distributions.logistic(curve.logOdds(ScoreBins.centre(ScoreBins.index(decision.score))))
        evidence.add(decision, isRight: isRight, expected: expected, weight: weight)
        all.add(decision, isRight: isRight, expected: expected, weight: weight)
        labels += 1
    }

    package mutating func countExactHit() { plan.countExact() }

    /// Takes in what the other replicas have learned, all of them together and since ever: it takes the place of what
    /// was told before.
    package mutating func hear(_ others: NamespaceEvidence) {
        self.others = others
        all = evidence
        all.merge(others)
        refit()
    }

    /// Takes over what ``hear(_:)`` came to in a copy that has learned the same.
    mutating func adopt(_ copy: HitDecider) {
        (others, all, curve) = (copy.others, copy.all, copy.curve)
        (risks, rights, labelsFitted) = (copy.risks, copy.rights, copy.labelsFitted)
    }

    /// Forgets what was learned here, which is among what the others know.
    mutating func handOver() {
        evidence = NamespaceEvidence()
        hear(others)
    }

    /// Takes over what a replica had learned that is no more.
    package mutating func inherit(_ evidence: NamespaceEvidence) {
        self.evidence.merge(evidence)
        hear(others)
    }

    /// After a drift: nearly forgets what was learned, so that new labels soon outweigh it.
    package mutating func distrust() {
        evidence.distrust()
        others.distrust()
        all = evidence
        all.merge(others)
        refit()
    }

    private mutating func refit() {
        curve.fit(all.scores)
        risks = Self.risks(of: curve)
        rights = all.scores.rightsUpwards
        labelsFitted = labels
    }

    private static func risks(of curve: ScoreCurve) -> [Double] {
        (0..<ScoreBins.count).map { curve.risk(ScoreBins.centre($0), deviations: deviations) }
    }
}
