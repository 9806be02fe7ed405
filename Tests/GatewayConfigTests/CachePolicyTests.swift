import GatewayConfig
import GatewayCore
import RequestAnalysis
import Routing
import Testing

@Suite("What routes say about the cache")
struct CachePolicyTests {
    private func load(_ cache: String, _ route: String) throws -> GatewayConfiguration {
        try GatewayConfiguration.load(
            yaml: """
                cache: {\(cache)}
                providers: [{name: p, base_url: "https://p.example.com/v1"}]
                routes:
                  - {model: m, \(route), targets: [{provider: p}]}
                """, source: "f", environment: [:]
        ) { _ in "" }
    }

    @Test("Each rule is read; without one the cache goes as far as its mode")
    func rules() throws {
        #expect(try load("mode: semantic", "threshold: 0.9").routing.routes[0].cache == CachePolicy())
        for rule in RouteCacheRule.allCases {
            #expect(try load("mode: semantic", "cache: \(rule.rawValue)").routing.routes[0].cache.rule == rule)
        }
        #expect(try load("epoch: 1", "follow_ups: standalone").routing.routes[0].cache.followUps == .standalone)
    }

    @Test("No route exceeds the mode", arguments: [
        ("exact", "semantic", false), ("exact", "shadow", true), ("exact", "exact", true), ("exact", "off", true),
        ("off", "exact", false), ("off", "shadow", false), ("off", "semantic", false), ("off", "off", true),
    ])
    func modes(mode: String, rule: String, isTaken: Bool) {
        let loaded = try? load("mode: \(mode)", "cache: \(rule)")
        #expect((loaded != nil) == isTaken)
    }

    @Test("Who asks and when it counts are read")
    func users() throws {
        let read = try load("user_scope: all, user_header: X-User-Id", "threshold: 0.9").analysis
        #expect(read.userScope == .all && read.userHeader == "x-user-id")
        let usual = try load("epoch: 1", "threshold: 0.9").analysis
        #expect(usual.userScope == .personal && usual.userHeader == nil)
        #expect((try? load("user_header: a b", "threshold: 0.9")) == nil)
    }
}
