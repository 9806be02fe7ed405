import Testing

@testable import SemanticCache

/// Expected values are scipy 1.17's.
@Suite("The distributions behind decisions")
struct DistributionsTests {
    private static func isNear(_ value: Double, _ expected: Double, within error: Double = 1e-9) -> Bool {
        abs(value - expected) <= error * max(1, abs(expected))
    }

    @Test("The logarithm of the gamma function is right for small and for large values", arguments: [
        (0.1, 2.252712651734206), (1, 0), (4.5, 2.4537365708424423), (100, 359.1342053695754),
        (12345.6, 103959.18506616844),
    ])
    func logGamma(x: Double, expected: Double) {
        #expect(Self.isNear(Distributions.logGamma(x), expected))
    }

    @Test("The gamma distribution is right on both sides of its mean", arguments: [
        (0.5, 1.5, 0.19874804309879915), (3, 2, 0.8008517265285442), (20, 30, 0.021818217525557418),
        (1000, 900, 0.9993774022157249), (50_000, 50_000, 0.5005947081047933), (0, 2, 0),
    ])
    func gamma(x: Double, shape: Double, expected: Double) {
        #expect(Self.isNear(Distributions.gammaCumulative(x, shape: shape), expected))
    }

    @Test("The gamma distribution's quantiles are right", arguments: [
        (0.05, 1.0, 0.05129329438755053), (0.05, 2, 0.35536151069866195), (0.975, 7.5, 13.744196431721488),
        (0.05, 257, 231.2116213030473), (0.5, 10_000, 9999.666668642047),
    ])
    func gammaQuantile(probability: Double, shape: Double, expected: Double) {
        #expect(Self.isNear(Distributions.gammaQuantile(probability, shape: shape), expected))
    }

    @Test("The beta distribution and its quantiles are right")
    func beta() {
        for (x, a, b, expected) in [
            (0.3, 2, 5, 0.5798250000000003), (0.01, 1, 299, 0.9504637433623375),
            (0.6, 0.5, 0.5, 0.564094216848975), (0.02, 12, 800, 0.8859764805476023), (0, 1, 1, 0), (1, 1, 1, 1),
        ] {
            #expect(Self.isNear(Distributions.betaCumulative(x, a, b), expected))
        }
        for (p, a, b, expected) in [
            (0.95, 1.0, 299.0, 0.009969146792899269), (0.95, 4, 500, 0.015342120173759502),
            (0.025, 3, 97, 0.006293347274172098),
        ] {
            #expect(Self.isNear(Distributions.betaQuantile(p, a, b), expected))
        }
    }

    @Test("The normal quantile is right in the middle and in the tails", arguments: [
        (1e-6, -4.753424308822899), (0.001, -3.090232306167813), (0.025, -1.9599639845400545),
        (0.3, -0.5244005127080409), (0.5, 0), (0.9, 1.2815515655446004), (0.99999, 4.264890793923841),
    ])
    func normalQuantile(probability: Double, expected: Double) {
        #expect(Self.isNear(Distributions.normalQuantile(probability), expected, within: 2e-9))
    }

    @Test("The risk that fits under a number of wrong hits is the gamma quantile, also where it is approximated",
        arguments: [
            (0.0, 0.05129329438755053), (0.99, 0.05129329438755053), (1, 0.35536151069866195),
            (5, 2.6130147441963194), (24.7, 17.382125841750874), (255, 230.2629962734538), (256, 231.2116213030473),
            (1000, 949.533845394138), (20_000, 19768.946654261832),
        ])
    func poisson(allowed: Double, expected: Double) {
        #expect(Self.isNear(PoissonLimit.mean(allowed: allowed), expected, within: 1e-4))
        #expect(PoissonLimit.mean(allowed: -1) == 0)
    }
}
