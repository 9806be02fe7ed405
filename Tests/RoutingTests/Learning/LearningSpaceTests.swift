import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("Where requests lie for learning")
struct LearningSpaceTests {
    static func unit(_ dimension: Int, using generator: inout SeededGenerator) -> [Float] {
        let raw = (0..<dimension).map { _ in Float(Normal.draw(using: &generator)) }
        let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return raw.map { $0 / norm }
    }

    private func encoder(_ name: String = "e", _ dimension: Int = 384) -> EncoderIdentity {
        EncoderIdentity(name: name, fingerprint: "f", dimension: dimension)
    }

    private func project(_ space: LearningSpace, _ vector: [Float]) throws -> LearningFeatures {
        try #require(space.features(of: EmbeddingVector(unit: vector), complexity: 0.25, tier: 0.5, bytes: 1_000))
    }

    @Test("Inner products are kept, but for an error of one part in the root of 32 (Johnson and Lindenstrauss)")
    func products() throws {
        var generator = SeededGenerator(seed: 21)
        let space = LearningSpace(encoder: encoder())
        var squares = 0.0
        let pairs = 200
        for _ in 0..<pairs {
            let (one, other) = (Self.unit(384, using: &generator), Self.unit(384, using: &generator))
            let (left, right) = (try project(space, one).values.prefix(32), try project(space, other).values.prefix(32))
            let truth = zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
            let found = zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
            squares += Double((found - truth) * (found - truth))
        }
        // The variance of the error is (1 + cos²) ÷ 32 for random signs.
        let error = (squares / Double(pairs)).squareRoot()
        #expect(abs(error - (1.0 / 32).squareRoot()) < 0.035, "\(error)")
    }

    @Test("All replicas have the same space, and another encoder has another one")
    func identity() throws {
        var generator = SeededGenerator(seed: 4)
        let vector = Self.unit(384, using: &generator)
        let (one, other) = (LearningSpace(encoder: encoder()), LearningSpace(encoder: encoder()))
        #expect(one.name == other.name)
        #expect(try project(one, vector) == project(other, vector))
        #expect(LearningSpace(encoder: encoder("other")).name != one.name)
        #expect(LearningSpace(encoder: encoder("e", 385)).name != one.name)
    }

    @Test("What stands beside the embedding is in its place; a vector of another dimension has no place")
    func places() throws {
        var generator = SeededGenerator(seed: 5)
        let space = LearningSpace(encoder: encoder())
        let features = try project(space, Self.unit(384, using: &generator))
        #expect(features[LearningFeatures.bias] == 1)
        #expect(features[LearningFeatures.complexity] == 0.25)
        #expect(features[LearningFeatures.tier] == 0.5)
        // 1,000 has ten bits, of twenty.
        #expect(features[LearningFeatures.size] == 0.5)
        #expect(space.features(of: EmbeddingVector(unit: [1, 0]), complexity: 0, tier: 0, bytes: 0) == nil)
        let vast = EmbeddingVector(unit: [Float](repeating: .infinity, count: 384))
        #expect(space.features(of: vast, complexity: 0, tier: 0, bytes: .max) == nil)
    }
}
