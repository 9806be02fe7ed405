import GatewayConfig
import GatewayCore
import Routing
import SemanticCache

extension GatewayConfiguration {
    private var routeLives: [CacheLives] { routing.routes.compactMap(\.cacheLives) }

    /// Whether any answer is ever made anew.
    var refreshes: Bool {
        let isAnyRoute = routeLives.contains { ($0.softTimeToLive ?? .zero) > .zero }
        return cache.mode != .off && (cache.freshness.softTimeToLive > .zero || isAnyRoute)
    }

    /// For how long at most an answer stays beyond its life.
    var longestStaleIfError: Duration {
        routeLives.compactMap(\.staleIfError).reduce(cache.freshness.staleIfError) { max($0, $1) }
    }
}
