import GatewayCore

@testable import Routing

/// Candidates named a, b, c…, as many as there are weights.
func candidates(weights: [Double]) -> [StrategyCandidate] {
    zip("abcdefgh", weights).map { name, weight in
        var candidate = StrategyCandidate(DeploymentID(String(name)))
        candidate.weight = weight
        return candidate
    }
}

/// A target that was measured just now.
func condition(firstToken: Duration, perToken: Duration, samples: Int64 = 50, inFlight: Int = 0) -> TargetCondition {
    var condition = TargetCondition()
    condition.recent.timeToFirstToken = firstToken
    condition.recent.firstTokenSamples = samples
    condition.recent.timePerToken = perToken
    condition.recent.perTokenSamples = samples
    condition.usual = condition.recent
    condition.inFlight = inFlight
    condition.silence = .zero
    return condition
}

/// How often each candidate came first in `count` orders of a route of one tier.
func firsts(
    _ strategy: RoutingStrategy, _ candidates: [StrategyCandidate], count: Int,
    context: (Int) -> StrategyContext = { _ in StrategyContext(outputTokens: 200) },
    using generator: inout some RandomNumberGenerator
) -> [Int] {
    var turns = SmoothWeights()
    var firsts = candidates.map { _ in 0 }
    for number in 0..<count {
        let order = strategy.order(candidates, context: context(number), turns: &turns, using: &generator)
        if let first = order.first { firsts[first.index] += 1 }
    }
    return firsts
}
