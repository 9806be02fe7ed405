import FoundationEssentials
import SemanticCache
import VectorMath

/// A labelled stream of questions with the likeness of each to each.
final class EvaluationStream {
    private struct Line: Decodable {
        let text: String
        let answer_id: String?
    }

    struct Request {
        let text: Int
        /// Number of the right answer; nil when no stored answer can be right.
        let answer: Int?
    }

    let name: String
    let requests: [Request]
    let features: [GuardFeatures]
    let similarities: Matrix

    /// - Parameters:
    ///   - lines: of a `.stream.jsonl` file.
    ///   - vector: of a text.
    init(name: String, lines: [String], vector: (String) -> [Float]?) throws {
        let decoder = JSONDecoder()
        var (texts, answers): ([String: Int], [String: Int]) = ([:], [:])
        var (ordered, requests): ([String], [Request]) = ([], [])
        for (number, line) in lines.enumerated() {
            guard let line = try? decoder.decode(Line.self, from: Data(line.utf8)) else {
                throw EvaluationError("\(name), line \(number + 1): expected a \"text\" and an \"answer_id\"")
            }
            let text = texts[line.text] ?? ordered.count
            if text == ordered.count {
                texts[line.text] = text
                ordered.append(line.text)
            }
            let answer = line.answer_id.map { id in
                let known = answers[id] ?? answers.count
                answers[id] = known
                return known
            }
            requests.append(Request(text: text, answer: answer))
        }
        self.name = name
        self.requests = requests
        features = ordered.map { GuardFeatures(text: $0) }
        let vectors = try ordered.map { text in
            guard let vector = vector(text) else { throw EvaluationError("\(name): no vector for \"\(text)\"") }
            return vector
        }
        similarities = Self.products(of: vectors)
    }

    private static func products(of vectors: [[Float]]) -> Matrix {
        let (rows, columns) = (vectors.count, vectors.first?.count ?? 0)
        let left = Matrix(rows: rows, columns: columns)
        for (row, vector) in vectors.enumerated() { left.setRow(row, to: vector) }
        let products = Matrix(rows: rows, columns: rows)
        BLAS.multiply(
            left, rows: 0..<rows,
            byTransposed: ConstantMatrix(rows: rows, columns: columns, values: vectors.flatMap { $0 }),
            into: products, outputRow: 0)
        return products
    }

    /// The same questions, but from a place on every second answer is another than the one that was right before.
    func withAnswersChanged(from place: Int) -> EvaluationStream {
        let first = (requests.compactMap(\.answer).max() ?? 0) + 1
        return EvaluationStream(
            name: name,
            requests: requests.enumerated().map { index, request in
                guard index >= place, let answer = request.answer, answer % 2 == 0 else { return request }
                return Request(text: request.text, answer: answer + first)
            }, features: features, similarities: similarities)
    }

    private init(name: String, requests: [Request], features: [GuardFeatures], similarities: Matrix) {
        self.name = name
        self.requests = requests
        self.features = features
        self.similarities = similarities
    }
}
