import NIOConcurrencyHelpers

/// Puts the targets of one route in order, and remembers whose turn it was.
package final class RouteBalancer: Sendable {
    private let state: NIOLockedValueBox<StateMachine>

    package init(_ rule: RouteRule) { state = NIOLockedValueBox(StateMachine(rule)) }

    /// The healthy targets tier by tier, then those that are too slow, those whose provider asked to be left alone, and
    /// those that fail, the least bad first.
    package func rank(
        _ candidates: [StrategyCandidate], context: StrategyContext, using generator: inout some RandomNumberGenerator
    ) -> TargetRanking {
        state.withLockedValue { $0.rank(candidates, context: context, using: &generator) }
    }

    /// The order in which they would be tried now; nobody's turn is over by it.
    package func preview(
        _ candidates: [StrategyCandidate], context: StrategyContext, using generator: inout some RandomNumberGenerator
    ) -> TargetRanking {
        var copy = state.withLockedValue { $0 }
        return copy.rank(candidates, context: context, using: &generator)
    }
}
