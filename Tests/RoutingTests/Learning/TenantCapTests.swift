import GatewayTesting
import Testing

@testable import Routing

@Suite("How much one tenant may teach")
struct TenantCapTests {
    @Test("Whoever judges how often, no tenant has more than its share, or its allowance", arguments: 1...8)
    func share(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let count = 8
        let cap = TenantCap(share: 0.25, tenants: count)
        #expect(cap.share == 0.25)
        var weights = [Double](repeating: 0, count: count)
        for _ in 0..<5_000 {
            // The first one judges as often as all others together.
            let tenant = Bool.random(using: &generator) ? 0 : Int.random(in: 0..<count, using: &generator)
            let weight = cap.weight(own: weights[tenant], all: weights.reduce(0, +))
            #expect((0...1).contains(weight))
            weights[tenant] += weight
            let all = weights.reduce(0, +)
            #expect(weights[tenant] <= max(TenantCap.allowance, 0.25 * all) + 1e-9)
        }
        #expect(weights.reduce(0, +) > 1_000)
    }

    @Test("A route of one tenant has no cap; of few tenants none is held to less than it needs")
    func few() {
        #expect(TenantCap(share: 0.25, tenants: 0).share == 1)
        #expect(TenantCap(share: 0.25, tenants: 1).share == 1)
        #expect(TenantCap(share: 0.25, tenants: 2).share == 2.0 / 3)
        #expect(TenantCap(share: 0.25, tenants: 4).share == 0.5)
        #expect(TenantCap(share: 0.25, tenants: 100).share == 0.25)
        #expect(TenantCap(share: 1, tenants: 100).share == 1)
        #expect(TenantCap(share: 1, tenants: 9).weight(own: 1e9, all: 1e9) == 1)
    }
}
