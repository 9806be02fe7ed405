/// When targets count as equally fast.
package struct LatencyRule: Sendable, Equatable {
    /// Up to this many times the best one's time.
    package var band = 1.2
    /// With fewer samples nothing is known.
    package var leastSamples: Int64 = 5

    package init() {}

    /// How long the answer will take, by the last three minutes if they hold enough, else by the last twenty; nil if
    /// neither does.
    func predicted(_ condition: TargetCondition, context: StrategyContext) -> Duration? {
        condition.recent.predicted(outputTokens: context.outputTokens, minimum: leastSamples)
            ?? condition.usual.predicted(outputTokens: context.outputTokens, minimum: leastSamples)
    }
}
