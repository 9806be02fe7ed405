package import GatewayCore
import NIOConcurrencyHelpers

/// Estimates tokens before a call and learns from what the provider counted after it. Any thread; one short lock a
/// call.
package final class TokenEstimator: Sendable {
    private let statistics = NIOLockedValueBox(TokenStatistics())

    package init() {}

    /// - Parameters:
    ///   - model: the name at the provider, under which is learned.
    ///   - profile: what the registry knows of it; nil when nothing.
    ///   - route: answers of different routes have different lengths.
    package func estimate(
        _ traits: RequestTraits, model: String, profile: ModelProfile?, route: String
    ) -> TokenEstimate {
        let key = TokenStatistics.OutputKey(model: model, route: route)
        return statistics.withLockedValue { $0.estimate(traits, profile: profile, key: key) }
    }

    /// The tokens of one text alone.
    package func tokens(of text: ScriptBytes, model: String) -> Int {
        statistics.withLockedValue { $0.tokens(of: text, model: model) }
    }

    /// Takes what the provider counted. Only for answers that came whole.
    package func settle(
        _ traits: RequestTraits, model: String, profile: ModelProfile?, route: String, usage: TokenUsage
    ) {
        let key = TokenStatistics.OutputKey(model: model, route: route)
        statistics.withLockedValue { $0.settle(traits, profile: profile, key: key, usage: usage) }
    }

    /// By model: what 90 % of the last 200 input estimates were off by at most, as a share of the truth. For a gauge.
    package var inputErrors: [String: Double] { statistics.withLockedValue { $0.inputErrors } }
}
