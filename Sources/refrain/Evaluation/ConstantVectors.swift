import VectorMath

/// Rows of a matrix by the texts they are the vectors of.
struct ConstantVectors {
    private let matrix: ConstantMatrix
    private let rows: [String: Int]

    init(_ matrix: ConstantMatrix, texts: [String]) {
        self.matrix = matrix
        rows = Dictionary(zip(texts, texts.indices)) { first, _ in first }
    }

    func vector(_ text: String) -> [Float]? { rows[text].map { matrix.row($0) } }
}
