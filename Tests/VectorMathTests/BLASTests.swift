import GatewayTesting
import Testing

@testable import VectorMath

@Suite("BLAS")
struct BLASTests {
    @Test("A product with transposed weights equals the sums written out", arguments: [
        (1, 3, 5), (4, 7, 16), (17, 33, 9),
    ])
    func multiply(rows: Int, outputs: Int, depth: Int) {
        var generator = SeededGenerator(seed: 5)
        let input = Matrix(rows: rows + 1, columns: depth)
        for row in 0...rows { input.setRow(row, to: randomFloats(depth, -1...1, using: &generator)) }
        let weights = ConstantMatrix(
            rows: outputs, columns: depth, values: randomFloats(outputs * depth, -1...1, using: &generator))
        let output = Matrix(rows: rows + 2, columns: outputs + 3)
        for round in 1...2 {
            // The second round adds to the first.
            BLAS.multiply(
                input, rows: 1..<rows + 1, byTransposed: weights, into: output, outputRow: 2, column: 3,
                accumulating: round == 2)
            for row in 0..<rows {
                let found = output.row(row + 2)
                for column in 0..<outputs {
                    let pairs = zip(input.row(row + 1), weights.row(column))
                    let sum = pairs.reduce(0) { $0 + Double($1.0) * Double($1.1) }
                    #expect(abs(Double(found[column + 3]) - sum * Double(round)) < 1e-4)
                }
                #expect(found[..<3].allSatisfy { $0 == 0 }, "columns in front of the target stay")
            }
        }
        #expect(output.row(0).allSatisfy { $0 == 0 }, "rows in front of the target stay")
    }

    @Test("Attention equals softmax(QKᵀ/√d)V written out, for sequences behind one another")
    func attention() {
        let (heads, width) = (2, 4)
        var generator = SeededGenerator(seed: 6)
        let sequences = [0..<3, 3..<4, 4..<11]
        let projections = Matrix(rows: 11, columns: 3 * heads * width)
        for row in 0..<11 { projections.setRow(row, to: randomFloats(24, -2...2, using: &generator)) }
        let context = Matrix(rows: 11, columns: heads * width)
        let attention = SelfAttention(heads: heads, headWidth: width, longest: 7)
        for sequence in sequences { attention.attend(projections, sequence: sequence, into: context) }
        for sequence in sequences {
            for (row, head) in sequence.flatMap({ row in (0..<heads).map { (row, $0) } }) {
                let scores = sequence.map { other in
                    (0..<width).reduce(0.0) { sum, index in
                        sum + Double(projections.row(row)[head * width + index])
                            * Double(projections.row(other)[8 + head * width + index])
                    } / Double(width).squareRoot()
                }
                let powers = scores.map { pow($0) }
                let total = powers.reduce(0, +)
                for index in 0..<width {
                    let expected = zip(sequence, powers).reduce(0.0) { sum, part in
                        sum + part.1 / total * Double(projections.row(part.0)[16 + head * width + index])
                    }
                    #expect(abs(Double(context.row(row)[head * width + index]) - expected) < 1e-5)
                }
            }
        }
    }

    /// eˣ by its series, independent of the code under test.
    private func pow(_ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        for index in 1..<80 {
            term *= x / Double(index)
            sum += term
        }
        return sum
    }

    @Test("A dot product is the sum of products")
    func dot() {
        #expect(BLAS.dot([1, 2, 3], [4, 5, 6]) == 32)
    }
}
