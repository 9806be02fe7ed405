import Foundation
import GatewayTesting
import Testing

@testable import VectorMath

@Suite("Kernels")
struct KernelTests {
    @Test("erf is within 1e-7 of the C library's over its whole range")
    func errorFunction() {
        var worst = 0.0
        for step in stride(from: -90_000, through: 90_000, by: 88) {
            let x = SIMD8<Float>((0..<8).map { Float(step + $0) / 10_000 })
            let found = SIMDMath.erf(x)
            for lane in 0..<8 { worst = max(worst, abs(Double(found[lane]) - Foundation.erf(Double(x[lane])))) }
        }
        #expect(worst < 1e-7)
    }

    @Test("exp is within 4e-7 of the C library's, for each unit of its argument")
    func exponential() {
        var worst = 0.0
        for step in stride(from: -87_000, through: 87_000, by: 88) {
            let x = SIMD8<Float>((0..<8).map { Float(step + $0) / 1_000 })
            let found = SIMDMath.exp(x)
            for lane in 0..<8 {
                // The argument is rounded when it is scaled to base 2, which weighs more the larger it is.
                let allowed = max(1, abs(Double(x[lane])))
                worst = max(worst, abs(Double(found[lane]) / Foundation.exp(Double(x[lane])) - 1) / allowed)
            }
        }
        #expect(worst < 4e-7)
    }

    @Test("GELU follows its definition, also in the last block of a row", arguments: [1, 7, 8, 9, 37])
    func gelu(width: Int) {
        var generator = SeededGenerator(seed: UInt64(width))
        let values = randomFloats(width, -6...6, using: &generator)
        let bias = randomFloats(width, -1...1, using: &generator)
        let matrix = Matrix(rows: 1, columns: width)
        matrix.setRow(0, to: values)
        Kernels.addBiasAndGELU(matrix, rows: 0..<1, bias: ConstantMatrix(rows: 1, columns: width, values: bias))
        for (found, (value, bias)) in zip(matrix.row(0), zip(values, bias)) {
            let x = Double(value) + Double(bias)
            let expected = 0.5 * x * (1 + Foundation.erf(x / 2.0.squareRoot()))
            #expect(abs(Double(found) - expected) < 2e-6)
        }
    }

    @Test("Layer normalisation follows its definition, also for rows far from zero", arguments: [5, 16, 384])
    func layerNorm(width: Int) {
        var generator = SeededGenerator(seed: 11)
        let values = randomFloats(width, 99...101, using: &generator)
        let gain = randomFloats(width, 0...2, using: &generator)
        let shift = randomFloats(width, -1...1, using: &generator)
        let matrix = Matrix(rows: 2, columns: width)
        matrix.setRow(1, to: values)
        Kernels.addBiasAndLayerNorm(
            matrix, rows: 1..<2, bias: nil, gain: ConstantMatrix(rows: 1, columns: width, values: gain),
            shift: ConstantMatrix(rows: 1, columns: width, values: shift), epsilon: 1e-12)
        let mean = values.reduce(0) { $0 + Double($1) } / Double(width)
        let variance = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(width)
        for (column, found) in matrix.row(1).enumerated() {
            let expected =
                (Double(values[column]) - mean) / (variance + 1e-12).squareRoot() * Double(gain[column])
                + Double(shift[column])
            #expect(abs(Double(found) - expected) < 1e-4)
        }
        #expect(matrix.row(0).allSatisfy { $0 == 0 }, "rows outside the range stay")
    }

    @Test("Softmax gives probabilities in the ratio of the exponentials, and large scores do not overflow")
    func softmax() {
        for width in [1, 3, 8, 13, 64] {
            var generator = SeededGenerator(seed: UInt64(width))
            let values = randomFloats(width, 190...210, using: &generator)
            let matrix = Matrix(rows: 1, columns: width)
            matrix.setRow(0, to: values)
            Kernels.softmax(matrix, rows: 0..<1)
            let most = values.max() ?? 0
            let powers = values.map { Foundation.exp(Double($0 - most)) }
            let total = powers.reduce(0, +)
            for (found, power) in zip(matrix.row(0), powers) { #expect(abs(Double(found) - power / total) < 1e-6) }
        }
    }

    @Test("A vector is scaled to length one; zero and infinite ones are refused")
    func normalize() {
        var vector: [Float] = [3, 0, 4]
        #expect(Kernels.normalize(&vector))
        #expect(vector == [0.6, 0, 0.8])
        var large: [Float] = [3e30, 4e30]
        #expect(Kernels.normalize(&large), "squares that overflow a float are no obstacle")
        #expect(abs(large[0] - 0.6) < 1e-6)
        var zero: [Float] = [0, 0]
        #expect(!Kernels.normalize(&zero))
        var infinite: [Float] = [.infinity, 1]
        #expect(!Kernels.normalize(&infinite))
        var absent: [Float] = [.nan, 1]
        #expect(!Kernels.normalize(&absent))
    }
}
