/// All that one replica has learned in a namespace, as sums: of scores, of answer groups, of the guard's cautions.
///
/// Sufficient statistics: a ``HitDecider`` that is given them goes on where another left off. Evidence of replicas is
/// added; each replica stores its own under its own name, so that nothing is counted twice.
package struct NamespaceEvidence: Sendable, Equatable {
    /// Groups that are kept. Of more those stay that most is known of.
    static let groupLimit = 8192

    package internal(set) var scores = CalibrationEvidence()
    private(set) var groups: [UInt64: OffsetEvidence] = [:]
    private(set) var cautions = Array(repeating: OffsetEvidence(), count: GuardReason.allCases.count)

    package init() {}

    package init(scores: CalibrationEvidence) { self.scores = scores }

    init(scores: CalibrationEvidence, groups: [UInt64: OffsetEvidence], cautions: [OffsetEvidence]) {
        self.scores = scores
        self.groups = groups
        self.cautions = cautions
    }

    /// Labels that still count, by their weights.
    package var weight: Double { scores.weight }

    /// What to add to the score of a candidate of this group and with these cautions.
    func offset(group: UInt64, cautions reasons: GuardReasons) -> Double {
        var sum = groups[group]?.offset ?? 0
        guard !reasons.isEmpty else { return sum }
        for place in reasons.places where cautions.indices.contains(place) { sum += cautions[place].offset }
        return sum
    }

    /// - Parameter expected: P(right) before the label was known.
    mutating func add(_ decision: HitDecision, isRight: Bool, expected: Double, weight: Double) {
        // Local likelihood: labels near to what is served decide about the curve there, not the mass of distant ones.
        scores.add(score: decision.score, isRight: isRight, weight: expected * weight)
        if groups[decision.group] == nil, groups.count >= Self.groupLimit { makeRoom() }
        groups[decision.group, default: OffsetEvidence()].add(isRight: isRight, expected: expected)
        for place in decision.cautions.places where cautions.indices.contains(place) {
            cautions[place].add(isRight: isRight, expected: expected)
        }
    }

    /// Adds what another replica has learned.
    package mutating func merge(_ other: NamespaceEvidence) {
        scores.merge(other.scores)
        groups.merge(other.groups) { own, others in
            var sum = own
            sum.merge(others)
            return sum
        }
        if groups.count > Self.groupLimit { keepGroups(Self.groupLimit) }
        for place in cautions.indices where other.cautions.indices.contains(place) {
            cautions[place].merge(other.cautions[place])
        }
    }

    /// Groups fade when new ones need their room: who had labels long ago gives way at last to who has some now.
    private mutating func makeRoom() {
        keepGroups(Self.groupLimit * 3 / 4)
        groups = groups.mapValues { $0.faded(to: 0.5) }
    }

    private mutating func keepGroups(_ count: Int) {
        // By number where as much is known of both, so that all replicas keep the same.
        let kept = groups.sorted { ($0.value.information, $0.key) > ($1.value.information, $1.key) }.prefix(count)
        groups = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }

    /// After a drift the past is a weak guide.
    mutating func distrust() {
        scores.fade(to: 0.1)
        groups.removeAll()
        cautions = Array(repeating: OffsetEvidence(), count: cautions.count)
    }
}
