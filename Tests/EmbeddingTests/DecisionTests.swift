import Foundation
import GatewayTesting
import Testing
import VectorMath

@testable import Embedding

/// What the number format means for the cache: whether a question finds an earlier one that is alike.
@Suite("Decisions", .enabled(if: ReferenceSet.isComplete && SharedData.directory != nil, ReferenceSet.skipMessage))
struct DecisionTests {
    private struct Line: Decodable { let text: String }

    private static let streams = [
        "banking77", "bitext", "clinc150", "nlupp", "qqp-groups", "rasa-faq",
    ].map { $0 + ".stream.jsonl" }

    /// Questions of each stream; more with `REFRAIN_STREAM_SAMPLE`.
    private static let sample =
        ProcessInfo.processInfo.environment["REFRAIN_STREAM_SAMPLE"].flatMap { Int($0) } ?? 300

    /// The highest cosine of each question to any before it.
    private func nearest(_ texts: [[Int32]], _ backend: any EncoderBackend) -> [Float] {
        let vectors = backend.makeEncoder(tokenCapacity: 2048, longest: 256).encode(texts)
        let rows = Matrix(rows: texts.count, columns: 384)
        for (row, vector) in vectors.enumerated() { rows.setRow(row, to: vector) }
        let all = ConstantMatrix(rows: texts.count, columns: 384, values: vectors.flatMap { $0 })
        let scores = Matrix(rows: 1, columns: texts.count)
        return texts.indices.map { row in
            BLAS.multiply(rows, rows: row..<row + 1, byTransposed: all, into: scores, outputRow: 0)
            return scores.withRow(0) { scores in
                var highest: Float = -1
                for earlier in 0..<row { highest = max(highest, scores[earlier]) }
                return highest
            }
        }
    }

    @Test("In 99.5 % of the questions or more, bytes decide as floats do")
    func decisions() throws {
        let model = try LocalModel(directory: try #require(ReferenceSet.modelDirectory), maximumTokens: 256)
        let reference = BLASBackend(model.weights)
        let others = ModelBackend.all.filter { $0.format == .int8 || $0.format == .bf16 }
        var same = [String: Int](), total = 0, hits = 0
        for stream in Self.streams {
            let lines = try #require(SharedData.lines(stream)).prefix(Self.sample)
            let texts = lines.compactMap { line in
                (try? JSONDecoder().decode(Line.self, from: Data(line.utf8)))
                    .map { model.tokenizer.tokenize($0.text).ids }
            }
            let expected = nearest(texts, reference)
            total += texts.count
            hits += expected.count { $0 >= 0.93 }
            for other in others {
                let found = nearest(texts, try #require(other.make(model)))
                for least in [Float(0.93), 0.88] {
                    let agreeing = zip(expected, found).count { ($0 >= least) == ($1 >= least) }
                    same["\(other.name), threshold \(least)", default: 0] += agreeing
                    // Of few questions two may differ in any stream.
                    #expect(texts.count - agreeing <= max(2, texts.count / 200), "\(stream), \(other.name), \(least)")
                    print("\(stream) \(other.name) \(least): \(texts.count - agreeing) of \(texts.count) differ")
                }
            }
        }
        #expect(hits > total / 20, "decisions of both kinds must be among them")
        for (name, same) in same.sorted(by: { $0.key < $1.key }) {
            print("decisions the same as in floats, \(name): \(same) of \(total)")
            #expect(Double(same) >= 0.995 * Double(total), "\(name)")
        }
    }
}
