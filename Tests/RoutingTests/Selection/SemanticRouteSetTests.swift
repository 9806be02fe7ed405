import GatewayCore
import Testing

@testable import Routing

@Suite("Semantic routes")
struct SemanticRouteSetTests {
    private func random(_ dimension: Int, _ generator: inout MixGenerator) -> EmbeddingVector {
        let raw = (0..<dimension).map { _ in Float.random(in: -1...1, using: &generator) }
        let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return EmbeddingVector(unit: raw.map { $0 / norm })
    }

    @Test("The nearest example is the one a plain sum of products finds, for any dimension", arguments: [1, 7, 8, 9, 24, 384])
    func againstPlainSum(dimension: Int) throws {
        var generator = MixGenerator(seed: 41)
        let routes = (0..<5).map { index in
            SemanticRoute(
                name: "r\(index)", tier: "t\(index)", examples: (0..<9).map { _ in random(dimension, &generator) },
                threshold: 0)
        }
        let set = SemanticRouteSet(routes, margin: 0)
        for _ in 0..<50 {
            let query = random(dimension, &generator)
            let scores = routes.map { route in
                route.examples.map { example in
                    zip(example.components, query.components).reduce(Float(0)) { $0 + $1.0 * $1.1 }
                }.max() ?? -1
            }
            let match = try #require(set.nearest(to: query))
            let sorted = scores.sorted()
            #expect(abs(match.cosine - sorted[4]) < 1e-4)
            #expect(abs(match.margin - (sorted[4] - sorted[3])) < 1e-4)
        }
    }

    @Test("Threshold and margin both must hold, and routes to the same tier do not compete")
    func decides() throws {
        let x = EmbeddingVector(unit: [1, 0, 0])
        let near = EmbeddingVector(unit: [0.9998, 0.02, 0])
        func set(_ tier: String) -> SemanticRouteSet {
            SemanticRouteSet(
                [
                    SemanticRoute(name: "a", tier: "one", examples: [x], threshold: 0.9),
                    SemanticRoute(name: "b", tier: tier, examples: [near], threshold: 0.9),
                ], margin: 0.05)
        }
        let close = try #require(set("two").nearest(to: x))
        #expect(!set("two").decides(close))
        let same = try #require(set("one").nearest(to: x))
        #expect(set("one").decides(same))
        let far = try #require(set("one").nearest(to: EmbeddingVector(unit: [0.6, 0.8, 0])))
        #expect(!set("one").decides(far))
    }

    @Test("No examples and vectors of another dimension match nothing")
    func nothing() {
        #expect(SemanticRouteSet([]).nearest(to: EmbeddingVector(unit: [1])) == nil)
        let route = SemanticRoute(name: "a", tier: "t", examples: [EmbeddingVector(unit: [1, 0])], threshold: 0)
        #expect(SemanticRouteSet([route]).nearest(to: EmbeddingVector(unit: [1, 0, 0])) == nil)
        #expect(SemanticRouteSet([route]).nearest(to: EmbeddingVector(unit: [])) == nil)
    }
}
