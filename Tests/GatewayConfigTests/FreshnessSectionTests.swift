import GatewayCore
import Routing
import SemanticCache
import Testing

@testable import GatewayConfig

@Suite("How long answers live, in the configuration")
struct FreshnessSectionTests {
    @Test("Each key has its value")
    func values() throws {
        let cache = try Refusals.load(
            """
            cache:
              ttl: 2h
              ttl_jitter: 0.2
              soft_ttl: 30m
              soft_ttl_max: 90m
              refresh_early: 2.5
              refresh_limit: 3
              refresh_timeout: 20s
              stale_if_error: 1d
              volatile_ttl: {momentary: 10s, daily: 20m}
            """
        ).cache
        let rules = cache.freshness
        #expect(cache.timeToLive == .seconds(7200) && rules.jitter == 0.2)
        #expect(rules.softTimeToLive == .seconds(1800) && rules.longestSoftTimeToLive == .seconds(5400))
        #expect(rules.earliness == 2.5 && rules.refreshLimit == 3 && rules.refreshTimeout == .seconds(20))
        #expect(rules.staleIfError == .seconds(86_400))
        #expect(rules.momentaryTimeToLive == .seconds(10) && rules.dailyTimeToLive == .seconds(1200))
    }

    @Test("A route says what differs, and nothing where nothing does")
    func route() throws {
        func lives(_ keys: String) throws -> CacheLives? {
            try RouteText.route("routes: [{model: m, \(keys) targets: [{provider: a}]}]").cacheLives
        }
        #expect(try lives("") == nil)
        #expect(try lives("ttl: 1h,")
            == CacheLives(timeToLive: .seconds(3600), softTimeToLive: nil, staleIfError: nil))
        #expect(try lives("soft_ttl: 0s, stale_if_error: 5m,")
            == CacheLives(timeToLive: nil, softTimeToLive: .zero, staleIfError: .seconds(300)))
    }

    private static func issue(_ shortest: String, _ found: String) -> String {
        "expected less than \(shortest), the shortest life by ttl and ttl_jitter, as nothing is made anew otherwise, "
            + "found \(found)"
    }

    @Test("A soft life that is no shorter than the shortest life is refused")
    func order() {
        #expect(Refusals.of("cache: {ttl: 1h, soft_ttl: 1h}") == ["1:28: cache.soft_ttl: \(Self.issue("54m", "1h"))"])
        #expect(Refusals.of("cache: {ttl: 1h, soft_ttl: 54m}").count == 1)
        #expect(Refusals.of("cache: {ttl: 1h, soft_ttl: 53m}") == [])
        #expect(Refusals.of("cache: {ttl: 1h, ttl_jitter: 0, soft_ttl: 59m}") == [])
        #expect(Refusals.of("cache: {ttl: 1h, ttl_jitter: 1, soft_ttl: 0s}") == [])
    }

    @Test("So is a route's, against its own life or the cache's", arguments: [
        ("soft_ttl: 2h,", ["54m", "2h"]), ("ttl: 4h, soft_ttl: 3h,", []), ("ttl: 10m, soft_ttl: 9m,", ["9m", "9m"]),
        ("soft_ttl: 0s,", []), ("ttl: 10m,", []),
    ] as [(String, [String])])
    func orderOfRoutes(keys: String, found: [String]) {
        let issues = RouteText.messages(
            "cache: {ttl: 1h, soft_ttl: 20m}\nroutes: [{model: m, \(keys) targets: [{provider: a}]}]")
        #expect(issues == (found.isEmpty ? [] : ["routes[0].soft_ttl: \(Self.issue(found[0], found[1]))"]))
    }
}
