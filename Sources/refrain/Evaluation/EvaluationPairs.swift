import FoundationEssentials
import SemanticCache

/// Labelled pairs of questions.
struct EvaluationPairs {
    private struct Line: Decodable {
        let a: String
        let b: String
        let same: Int
        let kind: String?
    }

    struct Pair {
        let kind: String
        let isSame: Bool
        let similarity: Double
        let verdict: GuardVerdict
    }

    let name: String
    let pairs: [Pair]

    init(name: String, lines: [String], vector: (String) -> [Float]?) throws {
        let decoder = JSONDecoder()
        self.name = name
        pairs = try lines.enumerated().map { number, line in
            guard let line = try? decoder.decode(Line.self, from: Data(line.utf8)), let a = vector(line.a),
                let b = vector(line.b)
            else { throw EvaluationError("\(name), line \(number + 1): expected \"a\", \"b\" and \"same\"") }
            return Pair(
                kind: line.kind ?? "", isSame: line.same == 1,
                similarity: min(Double(zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }), 1),
                verdict: StructuralGuard.verdict(
                    question: GuardFeatures(text: line.a), candidate: GuardFeatures(text: line.b)))
        }
    }
}
