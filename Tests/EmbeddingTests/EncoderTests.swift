import GatewayTesting
import Testing

@testable import Embedding

/// The forward pass on a small random model. That it is the right pass is for the conformance tests to show.
@Suite("Encoder")
struct EncoderTests {
    private func texts(_ count: Int, seed: UInt64) -> [[Int32]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            (0..<Int.random(in: 1...32, using: &generator)).map { _ in Int32.random(in: 0..<29, using: &generator) }
        }
    }

    private func weights() throws -> BertWeights {
        // The mapping outlives the files.
        try ModelFolder.with(SafetensorsFixture.files()) {
            try LocalModel(directory: $0, maximumTokens: 32).weights
        }
    }

    @Test("A text gets the same vector alone and among others, however the passes are cut", arguments: [
        32, 40, 100, 2048,
    ])
    func ragged(capacity: Int) throws {
        let weights = try weights()
        let texts = texts(40, seed: 3)
        let single = BertEncoder(weights: weights, tokenCapacity: 32, longest: 32)
        let many = BertEncoder(weights: weights, tokenCapacity: capacity, longest: 32)
        let vectors = many.encode(texts)
        #expect(vectors.count == texts.count)
        for (text, vector) in zip(texts, vectors) {
            let alone = try #require(single.encode([text]).first)
            #expect(zip(alone, vector).allSatisfy { abs($0 - $1) < 1e-5 })
        }
    }

    @Test("Vectors have length one, differ between texts, and do not depend on what was encoded before")
    func independent() throws {
        let encoder = BertEncoder(weights: try weights(), tokenCapacity: 64, longest: 32)
        let texts = texts(8, seed: 4)
        let first = encoder.encode(texts)
        _ = encoder.encode(self.texts(9, seed: 5))
        #expect(encoder.encode(texts) == first)
        for vector in first { #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5) }
        #expect(Set(first).count == first.count)
        #expect(encoder.encode([]).isEmpty)
    }
}
