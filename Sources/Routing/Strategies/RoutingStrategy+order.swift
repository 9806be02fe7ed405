extension RoutingStrategy {
    /// The candidates of one tier, best first, each with its reason. Pure but for the turns.
    func order(
        _ candidates: [StrategyCandidate], context: StrategyContext, turns: inout SmoothWeights,
        using generator: inout some RandomNumberGenerator
    ) -> [RankedTarget] {
        switch self {
        case .priority: return candidates.indices.map { RankedTarget($0, .configured) }
        case .weighted: return turns.turn(of: candidates).map { RankedTarget($0, .weight) }
        case .latency(let rule): return Self.fastest(candidates, rule: rule, context: context, using: &generator)
        case .leastBusy: return Self.leastBusy(candidates, using: &generator).map { RankedTarget($0, .leastBusy) }
        case .usageHeadroom: return Self.leastBusy(candidates, using: &generator).map { RankedTarget($0, .headroom) }
        case .cheapest(let least): return Self.cheapest(candidates, leastQuality: least, using: &generator)
        case .split(let experiment):
            let session = context.sessionKey ?? generator.next()
            return SessionSplit(experiment: experiment).order(candidates, session: session)
                .map { RankedTarget($0, .split) }
        }
    }

    /// Those with the fewest calls for their weight first; equal ones in random order, or all replicas would start with
    /// the same one.
    private static func leastBusy(
        _ candidates: [StrategyCandidate], using generator: inout some RandomNumberGenerator
    ) -> [Int] {
        let lots = candidates.map { _ in UInt64.random(in: 0...(.max), using: &generator) }
        return candidates.indices.sorted { (candidates[$0].load, lots[$0]) < (candidates[$1].load, lots[$1]) }
    }

    private static func fastest(
        _ candidates: [StrategyCandidate], rule: LatencyRule, context: StrategyContext,
        using generator: inout some RandomNumberGenerator
    ) -> [RankedTarget] {
        let times = candidates.map { rule.predicted($0.condition, context: context) }
        guard let best = times.compactMap(\.self).min() else {
            return leastBusy(candidates, using: &generator).map { RankedTarget($0, .unmeasured) }
        }
        let limit = best * rule.band
        let band = candidates.indices.filter { times[$0].map { $0 <= limit } ?? false }
        let pair = WeightedDraw.two(band, weight: { candidates[$0].share }, using: &generator)
        let first = pair.min { candidates[$0].load < candidates[$1].load }
        // Behind the first: the rest of the band, the slower ones, the unknown ones, each by its time and its load.
        let keys = candidates.indices.map { index -> (Int, Double, Int) in
            guard let time = times[index] else { return (2, candidates[index].load, index) }
            return (time <= limit ? 0 : 1, (time / .seconds(1)) * candidates[index].load, index)
        }
        let others = candidates.indices.filter { $0 != first }.sorted { keys[$0] < keys[$1] }
        return (first.map { [RankedTarget($0, .fast)] } ?? [])
            + others.map { index in
                guard let time = times[index] else { return RankedTarget(index, .unmeasured) }
                return RankedTarget(index, time <= limit ? .busier : .slower)
            }
    }

    private static func cheapest(
        _ candidates: [StrategyCandidate], leastQuality: Double?, using generator: inout some RandomNumberGenerator
    ) -> [RankedTarget] {
        let isGood = candidates.map { candidate in
            leastQuality.map { (candidate.quality ?? -1) >= $0 } ?? true
        }
        let busy = leastBusy(candidates, using: &generator)
        // Equal prices: the less busy one. The sort is by price first, so the busy order breaks ties.
        let places = Dictionary(uniqueKeysWithValues: zip(busy, busy.indices))
        func key(_ index: Int) -> (Int64, Int) { (candidates[index].price ?? .max, places[index] ?? 0) }
        let good = candidates.indices.filter { isGood[$0] }.sorted { key($0) < key($1) }
        // Those that are not good enough come last, the best of them first: better an answer than none.
        let others = candidates.indices.filter { !isGood[$0] }.sorted {
            (candidates[$1].quality ?? -1, $0) < (candidates[$0].quality ?? -1, $1)
        }
        let least = good.first.flatMap { candidates[$0].price }
        return good.map { index in
            guard let price = candidates[index].price else { return RankedTarget(index, .unpriced) }
            return RankedTarget(index, price == least ? .cheapest : .dearer)
        } + others.map { RankedTarget($0, .belowQuality) }
    }
}
