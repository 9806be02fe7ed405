import GatewayConfig
import GatewayCore
import Pipeline
import Routing
import SemanticCache
import Telemetry

extension GatewayConfiguration {
    private var routeLives: [CacheLives] { routing.routes.compactMap(\.cacheLives) }

    /// Whether any answer is ever made anew.
    private var refreshes: Bool {
        let isAnyRoute = routeLives.contains { ($0.softTimeToLive ?? .zero) > .zero }
        return cache.mode != .off && (cache.freshness.softTimeToLive > .zero || isAnyRoute)
    }

    /// Makes answers anew that are due; nil where none ever is.
    func refreshDesk(_ store: any RefreshStore, recorder: Telemetry.Recorder) -> RefreshDesk? {
        refreshes ? RefreshDesk(store: store, rules: cache.freshness, recorder: recorder) : nil
    }

    /// For how long at most an answer stays beyond its life.
    var longestStaleIfError: Duration {
        routeLives.compactMap(\.staleIfError).reduce(cache.freshness.staleIfError) { max($0, $1) }
    }
}
