import Routing
import Testing

@testable import GatewayConfig

@Suite struct LearningTests {
    private func route(_ keys: String) throws -> RouteConfiguration {
        try RouteText.route("routes: [{model: m, \(keys), targets: [{provider: a}]}]")
    }

    private func issues(_ keys: String, more: String = "") -> [String] {
        RouteText.messages("\(more)routes: [{model: m, \(keys), targets: [{provider: a}]}]")
    }

    @Test("A route learns where it says so, with defaults for what it does not say")
    func values() throws {
        #expect(try route("threshold: 0.5").learning == nil)
        #expect(try route("learn: {floor: 0.02}").learning == LearningRule())
        let rule = try #require(
            try route("learn: {cost_weight: 0.5, floor: 0.1, half_life: 12h, tenant_share: 0.4}").learning)
        #expect(rule.costWeight == 0.5)
        #expect(rule.floor == 0.1)
        #expect(rule.halfLife == .seconds(12 * 3600))
        #expect(rule.tenantShare == 0.4)
    }

    @Test("A floor of nothing is refused, and so is learning without an encoder")
    func refusals() {
        #expect(
            issues("learn: {floor: 0}")
                == ["routes[0].learn.floor: expected more than 0, found 0: what is never tried is never learned"])
        #expect(
            issues("learn: {floor: 0.02}", more: "embedding: {provider: off}\n")
                == ["routes[0].learn: expected an encoder for it, found embedding.provider: off"])
    }
}
