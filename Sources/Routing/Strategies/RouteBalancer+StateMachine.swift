import GatewayCore

extension RouteBalancer {
    /// The balancer's pure half.
    struct StateMachine: Sendable {
        private let rule: RouteRule
        private var turns: [Int: SmoothWeights] = [:]
        /// Left for their slowness and not yet seen to be fast again.
        private var slow: Set<DeploymentID> = []
        /// Requests that may still be spent on exploration.
        private var exploration = 0.0

        init(_ rule: RouteRule) { self.rule = rule }

        mutating func rank(
            _ candidates: [StrategyCandidate], context: StrategyContext,
            using generator: inout some RandomNumberGenerator
        ) -> TargetRanking {
            var ranking = TargetRanking()
            var usable: [Int] = []
            var limited: [(until: ContinuousClock.Instant, index: Int)] = []
            var failing: [Int] = []
            for (index, candidate) in candidates.enumerated() {
                switch candidate.condition.standing {
                case .ready, .probation: usable.append(index)
                case .limited(let until): limited.append((until, index))
                case .open: failing.append(index)
                case .disabled: ranking.excluded.append(RankedTarget(index, .keyRefused))
                }
            }
            ranking.isLastResort = usable.isEmpty && limited.isEmpty && !failing.isEmpty
            let left = cutOff(usable, of: candidates)
            let fast = left.isEmpty ? usable : usable.filter { !left.contains($0) }
            ranking.targets = tiers(fast, of: candidates, context: context, using: &generator)
            // Nothing else to put behind them, as nearly always.
            if fast.count == candidates.count {
                explore(&ranking.targets, candidates)
                return ranking
            }
            ranking.targets += left.sorted { (candidates[$0].tier, $0) < (candidates[$1].tier, $1) }
                .map { RankedTarget($0, .slow) }
            explore(&ranking.targets, candidates)
            ranking.targets += limited.sorted { ($0.until, $0.index) < ($1.until, $1.index) }
                .map { RankedTarget($0.index, .limited) }
            ranking.targets += leastBad(failing, of: candidates).map { RankedTarget($0, .failing) }
            return ranking
        }

        /// Which of the usable candidates are too slow; none if all are.
        private mutating func cutOff(_ usable: [Int], of candidates: [StrategyCandidate]) -> Set<Int> {
            guard let cutoff = rule.cutoff else { return [] }
            var left: Set<Int> = []
            for index in usable {
                let candidate = candidates[index]
                let others = usable.filter { $0 != index }.map { candidates[$0].condition.recent }
                switch cutoff.isTooSlow(candidate.condition.recent, beside: others) {
                case true: slow.insert(candidate.deployment)
                case false: slow.remove(candidate.deployment)
                default:
                    // Three minutes without a call: nothing speaks against it any more.
                    let recent = candidate.condition.recent
                    if recent.perTokenSamples + recent.firstTokenSamples == 0 { slow.remove(candidate.deployment) }
                }
                if slow.contains(candidate.deployment) { left.insert(index) }
            }
            return left.count == usable.count ? [] : left
        }

        private mutating func tiers(
            _ indexes: [Int], of candidates: [StrategyCandidate], context: StrategyContext,
            using generator: inout some RandomNumberGenerator
        ) -> [RankedTarget] {
            guard let first = indexes.first else { return [] }
            let isOneTier = indexes.allSatisfy { candidates[$0].tier == candidates[first].tier }
            if isOneTier, indexes.count == candidates.count {
                return order(candidates, of: candidates[first].tier, context: context, using: &generator)
            }
            var ranked: [RankedTarget] = []
            for tier in Set(indexes.map { candidates[$0].tier }).sorted() {
                let members = indexes.filter { candidates[$0].tier == tier }
                let own = members.map { candidates[$0] }
                ranked += order(own, of: tier, context: context, using: &generator)
                    .map { $0.moved(to: members[$0.index]) }
            }
            return ranked
        }

        /// The order inside one tier.
        private mutating func order(
            _ own: [StrategyCandidate], of tier: Int, context: StrategyContext,
            using generator: inout some RandomNumberGenerator
        ) -> [RankedTarget] {
            let rule = rule.tiers[tier] ?? rule.usual
            var order: [RankedTarget]
            if let learning = context.learning {
                order = LearnedOrder(rule: learning).order(own, using: &generator)
            } else {
                order = rule.strategy.order(
                    own, context: context, turns: &turns[tier, default: SmoothWeights()], using: &generator)
            }
            if let limit = rule.shareLimit { order = limit.apply(order, own) }
            if let session = context.session { order = session.apply(order, own) }
            return order
        }

        /// Lets a slow or unmeasured target go first if it is time to see how it is now.
        private mutating func explore(_ ranked: inout [RankedTarget], _ candidates: [StrategyCandidate]) {
            exploration = min(exploration + rule.exploration.share, 1)
            // A sum of twenty times 0.05 is a little less than 1.
            // While nothing is measured every request explores.
            guard exploration > 0.999, let head = ranked.first, ![.unmeasured, .session].contains(head.reason) else {
                return
            }
            let place = ranked.indices.dropFirst().first { place in
                let target = ranked[place]
                let candidate = candidates[target.index]
                let isSlow = target.reason == .slow
                guard isSlow || (candidate.tier == candidates[head.index].tier && candidate.share > 0) else {
                    return false
                }
                guard isSlow || target.reason == .slower || target.reason == .unmeasured else { return false }
                return rule.exploration.isDue(candidate.condition, isMeasured: target.reason != .unmeasured)
            }
            guard let place else { return }
            exploration -= 1
            var target = ranked.remove(at: place)
            target.reason = .explored
            ranked.insert(target, at: 0)
        }

        /// The one that fails least first, then the one that is to be probed soonest.
        private func leastBad(_ failing: [Int], of candidates: [StrategyCandidate]) -> [Int] {
            func key(_ index: Int) -> (Double, ContinuousClock.Instant?, Int) {
                let condition = candidates[index].condition
                if case .open(let until) = condition.standing { return (condition.failureRatio, until, index) }
                return (condition.failureRatio, nil, index)
            }
            return failing.sorted { left, right in
                let (one, other) = (key(left), key(right))
                if one.0 != other.0 { return one.0 < other.0 }
                if let first = one.1, let second = other.1, first != second { return first < second }
                return left < right
            }
        }
    }
}
