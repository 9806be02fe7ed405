import GatewayCore
import Testing

@testable import SemanticCache

@Suite("Which standard hits must meet")
struct HitStandardsTests {
    private static func standard(
        _ usual: HitStandard, route: (threshold: Float?, budget: Double?) = (nil, nil), namespace: Double? = nil,
        asked: Double? = nil
    ) -> HitStandard {
        var standards = HitStandards(usual)
        standards.namespaces["n"] = namespace
        let plan = RoutePlan(route: "m", threshold: route.threshold, maxWrongHits: route.budget)
        return standards.standard(of: plan, namespace: "n", asked: asked)
    }

    @Test("The route's own counts, else the cache's")
    func route() {
        #expect(Self.standard(.budget(0.01)) == .budget(0.01))
        #expect(Self.standard(.budget(0.01), route: (nil, 0.02)) == .budget(0.02))
        #expect(Self.standard(.budget(0.01), route: (0.9, nil)) == .threshold(0.9))
        #expect(Self.standard(.threshold(0.8), route: (nil, 0.02)) == .budget(0.02))
    }

    @Test("A namespace and a request may only tighten")
    func tighten() {
        #expect(Self.standard(.budget(0.01), namespace: 0.05) == .budget(0.01))
        #expect(Self.standard(.budget(0.01), namespace: 0.005) == .budget(0.005))
        #expect(Self.standard(.budget(0.01), namespace: 0.005, asked: 0.008) == .budget(0.005))
        #expect(Self.standard(.budget(0.01), namespace: 0.005, asked: 0.002) == .budget(0.002))
        #expect(Self.standard(.threshold(0.9), asked: 0.5) == .equalOnly)
    }

    @Test("Where a route has no say, a namespace and a request may tighten all the same")
    func withoutRoute() {
        var standards = HitStandards(.threshold(0.9))
        standards.namespaces["n"] = 0.01
        #expect(standards.standard(namespace: "m", asked: nil) == .threshold(0.9))
        #expect(standards.standard(namespace: "n", asked: nil) == .equalOnly)
        #expect(standards.standard(namespace: "m", asked: 0.5) == .equalOnly)
    }

    @Test("Shares are read in per cent, above nothing and up to a half", arguments: [
        ("1%", 0.01), ("0.25%", 0.0025), ("50%", 0.5), ("100%", nil), ("0%", nil), ("1", nil), ("", nil), ("%", nil),
        ("-1%", nil), (".5%", nil), ("1e1%", nil), ("nan%", nil), ("1 %", nil), ("1.2.3%", nil), ("000000001%", nil),
    ] as [(String, Double?)])
    func shares(text: String, share: Double?) {
        #expect(Share.percent(text) == share)
    }
}
