import Foundation
import GatewayTesting
import Testing

@testable import VectorMath

@Suite("Attention in our own kernels")
struct EncoderAttentionTests {
    /// By the definition, in double precision: the context of one token.
    private func expected(
        _ rows: [[Float]], sequence: Range<Int>, token: Int, heads: Int, headWidth: Int
    ) -> [Double] {
        let width = heads * headWidth
        return (0..<heads).flatMap { head -> [Double] in
            func part(_ row: Int, _ kind: Int) -> ArraySlice<Float> {
                rows[row][kind * width + head * headWidth..<kind * width + (head + 1) * headWidth]
            }
            let scores = sequence.map { row in
                zip(part(token, 0), part(row, 1)).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                    / Double(headWidth).squareRoot()
            }
            let most = scores.max() ?? 0
            let powers = scores.map { Foundation.exp($0 - most) }
            let total = powers.reduce(0, +)
            var context = [Double](repeating: 0, count: headWidth)
            for (row, power) in zip(sequence, powers) {
                for (column, value) in part(row, 2).enumerated() { context[column] += power / total * Double(value) }
            }
            return context
        }
    }

    @Test(
        "Attention follows its definition for lengths about the tiles, in the middle of a matrix",
        arguments: KernelLevel.all, [16, 32, 48])
    func definition(level: KernelLevel, headWidth: Int) {
        let heads = 2
        let scratch = AttentionScratch(longest: 70, headWidth: headWidth)
        for length in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 70] {
            var generator = SeededGenerator(seed: UInt64(length))
            let count = length + 3
            let rows = (0..<count).map { _ in randomFloats(3 * heads * headWidth, -2...2, using: &generator) }
            let projections = Matrix(rows: count, columns: 3 * heads * headWidth)
            for (row, values) in rows.enumerated() { projections.setRow(row, to: values) }
            let context = Matrix(rows: count, columns: heads * headWidth)
            level.kernels.attend(projections, sequence: 2..<2 + length, heads: heads, into: context, scratch)
            for token in 0..<count {
                guard (2..<2 + length).contains(token) else {
                    #expect(context.row(token).allSatisfy { $0 == 0 }, "rows outside the sequence stay")
                    continue
                }
                let expected = expected(
                    rows, sequence: 2..<2 + length, token: token, heads: heads, headWidth: headWidth)
                let worst = zip(context.row(token), expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
                #expect(worst < 1e-5, "\(length) tokens")
            }
        }
    }

    @Test(
        "Scores far apart do not overflow, and what is not a number stays in its sequence",
        arguments: KernelLevel.all)
    func extremes(level: KernelLevel) {
        let scratch = AttentionScratch(longest: 20, headWidth: 16)
        let projections = Matrix(rows: 20, columns: 48)
        for row in 0..<20 { projections.setRow(row, to: Array(repeating: row == 3 ? 60 : -60, count: 48)) }
        let context = Matrix(rows: 20, columns: 16)
        level.kernels.attend(projections, sequence: 0..<20, heads: 1, into: context, scratch)
        #expect(context.row(3).allSatisfy { abs($0 - 60) < 1e-3 }, "the one key that is like the query takes all")
        projections.setRow(3, to: Array(repeating: .nan, count: 48))
        level.kernels.attend(projections, sequence: 0..<10, heads: 1, into: context, scratch)
        level.kernels.attend(projections, sequence: 10..<20, heads: 1, into: context, scratch)
        #expect((0..<10).allSatisfy { context.row($0).allSatisfy(\.isNaN) })
        #expect((10..<20).allSatisfy { context.row($0).allSatisfy { abs($0 + 60) < 1e-3 } })
    }
}
