import Testing
import VectorMath

@testable import Embedding

/// Against the vectors and ids of the reference implementation, on all its texts.
@Suite("Conformance", .enabled(if: ReferenceSet.isComplete, ReferenceSet.skipMessage))
struct ConformanceTests {
    static let maximumTokens = 256

    private func model() throws -> LocalModel {
        try LocalModel(
            directory: try #require(ReferenceSet.modelDirectory), maximumTokens: Self.maximumTokens,
            specialTokens: .recognise)
    }

    @Test("Every reference text is cut into exactly the reference's tokens")
    func ids() throws {
        let tokenizer = try model().tokenizer
        #expect(ReferenceSet.lines.count == 200)
        for line in ReferenceSet.lines {
            let tokens = tokenizer.tokenize(line.text)
            #expect(tokens.ids == line.ids, "text \(line.i), \(line.kind)")
            #expect(tokens.isTruncated == (line.fullCount > Self.maximumTokens), "text \(line.i), \(line.kind)")
        }
    }

    @Test("Every text alone gets a vector close to the reference's, on every backend", arguments: ModelBackend.all)
    func alone(backend: ModelBackend) throws {
        let encoder = try #require(backend.make(try model())).makeEncoder(tokenCapacity: 256, longest: 256)
        var lowest: Float = 1
        for line in ReferenceSet.lines {
            let vector = try #require(encoder.encode([line.ids]).first)
            lowest = min(lowest, BLAS.dot(vector, line.vector))
        }
        #expect(lowest >= backend.leastCosine)
        print("lowest cosine, alone, \(backend.name): \(lowest)")
    }

    @Test("Texts of mixed lengths in one pass get the same vectors", arguments: ModelBackend.all, [7, 200])
    func mixed(backend: ModelBackend, size: Int) throws {
        let encoder = try #require(backend.make(try model())).makeEncoder(tokenCapacity: 1024, longest: 256)
        // Steps through the set with a stride, so that short and long texts meet.
        let lines = (0..<200).map { ReferenceSet.lines[$0 * 37 % 200] }
        var lowest: Float = 1
        for start in stride(from: 0, to: lines.count, by: size) {
            let batch = Array(lines[start..<min(start + size, lines.count)])
            let vectors = encoder.encode(batch.map(\.ids))
            #expect(vectors.count == batch.count)
            for (line, vector) in zip(batch, vectors) { lowest = min(lowest, BLAS.dot(vector, line.vector)) }
        }
        #expect(lowest >= backend.leastCosine)
    }
}
