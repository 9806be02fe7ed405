/// Puts targets in order by what was learned of them. It is handed those that rules, health and limits left, and hands
/// back the same ones.
struct LearnedOrder {
    let rule: LearningRule

    /// The one drawn first, then the others by what they are worth. What has no weight comes last, whatever was
    /// learned: the operator said so.
    func order(
        _ candidates: [StrategyCandidate], using generator: inout some RandomNumberGenerator
    ) -> [RankedTarget] {
        let ranked = figures(candidates)
        let open = Self.open(candidates)
        let best = open.max { ranked[$0].worth < ranked[$1].worth }
        let drawn = WeightedDraw.draw(open, weight: { ranked[$0].chance }, using: &generator)
        let rest = candidates.indices.filter { $0 != drawn }.sorted { one, other in
            let (first, second) = (open.contains(one), open.contains(other))
            if first != second { return first }
            return (ranked[other].worth, one) < (ranked[one].worth, other)
        }
        return ((drawn.map { [$0] } ?? []) + rest).map { index in
            let reason: RankReason = index != drawn ? .outscored : index == best ? .learned : .trial
            var target = RankedTarget(index, reason)
            target.learned = ranked[index]
            return target
        }
    }

    /// What each is worth, and how likely it is drawn.
    func figures(_ candidates: [StrategyCandidate]) -> [LearnedFigures] {
        let dearest = candidates.compactMap(\.price).max() ?? 0
        let scores = candidates.map { candidate in
            let score = candidate.learned ?? LearnedScore(quality: 0, deviation: 0)
            // A price that is not known is not taken for a low one, unless none is known.
            let cost = dearest > 0 ? Double(candidate.price ?? dearest) / Double(dearest) : 0
            return (mean: score.quality - rule.costWeight * cost, deviation: score.deviation)
        }
        let open = Self.open(candidates)
        let chances = ProbabilityMatching.chances(of: open.map { scores[$0] }, floor: rule.floor)
        var figures = scores.map { LearnedFigures(worth: $0.mean, chance: 0) }
        for (index, chance) in zip(open, chances) { figures[index].chance = chance }
        return figures
    }

    private static func open(_ candidates: [StrategyCandidate]) -> [Int] {
        let weighty = candidates.indices.filter { candidates[$0].share > 0 }
        return weighty.isEmpty ? Array(candidates.indices) : weighty
    }
}
