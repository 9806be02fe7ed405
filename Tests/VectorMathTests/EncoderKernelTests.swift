import Foundation
import GatewayTesting
import Testing

@testable import VectorMath

@Suite("Encoder kernels")
struct EncoderKernelTests {
    @Test(
        "A product is right in every format, for every remainder of the tiles", arguments: KernelLevel.all,
        NumberFormat.allCases)
    func products(level: KernelLevel, format: NumberFormat) {
        let kernels = level.kernels
        var seed: UInt64 = 100
        let shapes = [(1, 1), (2, 15), (3, 16), (5, 17), (16, 47), (30, 48), (133, 49), (300, 100)]
        for rows in Array(1...17) + [31] {
            for (inputs, outputs) in [shapes[rows % 8], shapes[(rows + 3) % 8]] {
                seed += 1
                let fixture = LinearFixture(rows: rows, inputs: inputs, outputs: outputs, seed: seed)
                let output = Matrix(rows: rows, columns: outputs)
                kernels.multiply(
                    fixture.activations(format, packedBy: kernels), rows: 0..<rows, by: fixture.layer(format),
                    into: output, outputRow: 0, .store)
                var worst = 0.0
                for row in 0..<rows {
                    for (column, found) in output.row(row).enumerated() {
                        let error = abs(Double(found) - fixture.expected(row: row, output: column))
                        worst = max(worst, error / fixture.allowance(format, row: row, output: column))
                    }
                }
                #expect(worst <= 1, "\(rows) × \(inputs) × \(outputs), seed \(seed)")
            }
        }
    }

    @Test(
        "Sums of bytes are the same on every processor, other formats agree up to rounding",
        arguments: NumberFormat.allCases)
    func agreement(format: NumberFormat) {
        let fixture = LinearFixture(rows: 13, inputs: 150, outputs: 70, seed: 7)
        let results = KernelLevel.all.map { level in
            let output = Matrix(rows: 13, columns: 70)
            level.kernels.multiply(
                fixture.activations(format, packedBy: level.kernels), rows: 0..<13, by: fixture.layer(format),
                into: output, outputRow: 0, .store)
            return (0..<13).flatMap { output.row($0) }
        }
        for result in results {
            for (found, plain) in zip(result, results[0]) { #expect(abs(found - plain) <= 2e-5 * max(1, abs(plain))) }
        }
    }

    @Test("The epilogues add to the output or apply GELU, on the rows they are told", arguments: KernelLevel.all)
    func epilogues(level: KernelLevel) {
        let fixture = LinearFixture(rows: 6, inputs: 20, outputs: 50, seed: 8)
        let input = fixture.activations(.f32, packedBy: level.kernels)
        for epilogue in EncoderKernels.Epilogue.allCases {
            let output = Matrix(rows: 9, columns: 50)
            for row in 0..<9 { output.setRow(row, to: Array(repeating: 2, count: 50)) }
            level.kernels.multiply(
                input, rows: 1..<5, by: fixture.layer(.f32), into: output, outputRow: 3, epilogue)
            for row in 0..<9 {
                for (column, found) in output.row(row).enumerated() {
                    guard (3..<7).contains(row) else {
                        #expect(found == 2)
                        continue
                    }
                    let sum = fixture.expected(row: row - 2, output: column)
                    let expected =
                        switch epilogue {
                        case .store: sum
                        case .add: sum + 2
                        case .gelu: 0.5 * sum * (1 + Foundation.erf(sum / 2.0.squareRoot()))
                        }
                    #expect(abs(Double(found) - expected) < 2e-5)
                }
            }
        }
    }

    @Test(
        "Rows of zeros and of one value, huge and tiny ones keep their meaning", arguments: KernelLevel.all,
        NumberFormat.allCases)
    func extremes(level: KernelLevel, format: NumberFormat) {
        let rows: [[Float]] = [
            Array(repeating: 0, count: 33), Array(repeating: -7, count: 33), Array(repeating: 1e30, count: 33),
            [3e37] + Array(repeating: -3e37, count: 32), Array(repeating: Float.leastNonzeroMagnitude * 700, count: 33),
            [127] + Array(repeating: -128, count: 32),
        ]
        let weights = (0..<33).map { $0 == 0 ? Float(1) : 0 } + Array(repeating: 0.25, count: 33)
        let layer = PackedLinear(
            format,
            [(
                ConstantMatrix(rows: 2, columns: 33, values: weights),
                ConstantMatrix(rows: 1, columns: 2, values: [0.5, 0])
            )])
        let input = Activations(format, rows: rows.count, columns: 33)
        for (row, values) in rows.enumerated() { input.values.setRow(row, to: values) }
        level.kernels.pack(input, rows: 0..<rows.count, for: layer)
        let output = Matrix(rows: rows.count, columns: 2)
        level.kernels.multiply(input, rows: 0..<rows.count, by: layer, into: output, outputRow: 0, .store)
        for (row, values) in rows.enumerated() {
            let sums = [Double(values[0]) + 0.5, values.reduce(0) { $0 + Double($1) } * 0.25]
            let magnitude = values.reduce(0) { max($0, abs(Double($1))) }
            for (found, expected) in zip(output.row(row), sums) {
                #expect(abs(Double(found) - expected) <= 0.02 * 33 * magnitude * 0.25 + 1e-6, "row \(row)")
            }
        }
    }

    @Test(
        "What is not finite shows in its own row and in no other", arguments: KernelLevel.all, NumberFormat.allCases)
    func notFinite(level: KernelLevel, format: NumberFormat) {
        for bad in [Float.nan, .infinity, -.infinity] {
            for place in [0, 5, 16, 31, 32, 36] {
                let fixture = LinearFixture(rows: 3, inputs: 37, outputs: 20, seed: 9)
                let input = fixture.activations(format, packedBy: level.kernels)
                var row = fixture.input[1]
                row[place] = bad
                input.values.setRow(1, to: row)
                level.kernels.pack(input, rows: 1..<2, for: fixture.layer(format))
                let output = Matrix(rows: 3, columns: 20)
                level.kernels.multiply(
                    input, rows: 0..<3, by: fixture.layer(format), into: output, outputRow: 0, .store)
                #expect(output.row(1).allSatisfy { !$0.isFinite }, "\(bad) at \(place)")
                #expect(output.row(0).allSatisfy(\.isFinite) && output.row(2).allSatisfy(\.isFinite))
            }
        }
    }

    @Test("Scaling the columns of an input changes the product by rounding alone, and helps uneven ones")
    func scaling() {
        var generator = SeededGenerator(seed: 12)
        let (rows, inputs, outputs) = (40, 64, 48)
        let seen = Matrix(rows: rows, columns: inputs)
        for row in 0..<rows {
            // One column is far off and wide, as in a transformer.
            var values = randomFloats(inputs, -0.1...0.1, using: &generator)
            values[7] = 20 + values[7] * 30
            seen.setRow(row, to: values)
        }
        var ranges = ColumnRanges(columns: inputs)
        ranges.add(seen, rows: 0..<rows)
        #expect(abs(ranges.mean(7) - 20) < 1)
        let weights = ConstantMatrix(
            rows: outputs, columns: inputs, values: randomFloats(inputs * outputs, -1...1, using: &generator))
        let bias = ConstantMatrix(
            rows: 1, columns: outputs, values: randomFloats(outputs, -1...1, using: &generator))
        let kernels = EncoderKernels()
        func worst(_ scaling: InputScaling?) -> Double {
            let layer = PackedLinear(.int8, [(weights, bias)], scaling: scaling)
            let input = Activations(.int8, rows: rows, columns: inputs)
            for row in 0..<rows { input.values.setRow(row, to: seen.row(row)) }
            kernels.pack(input, rows: 0..<rows, for: layer)
            let output = Matrix(rows: rows, columns: outputs)
            kernels.multiply(input, rows: 0..<rows, by: layer, into: output, outputRow: 0, .store)
            var worst = 0.0
            for row in 0..<rows {
                for (column, found) in output.row(row).enumerated() {
                    let expected = zip(seen.row(row), weights.row(column)).reduce(Double(bias.row(0)[column])) {
                        $0 + Double($1.0) * Double($1.1)
                    }
                    worst = max(worst, abs(Double(found) - expected))
                }
            }
            return worst
        }
        let plain = worst(nil)
        #expect(worst(.none(columns: inputs)) == plain)
        #expect(worst(InputScaling(ranges, [weights])) < plain / 3)
        // A column that never moves, or whose weights are zero, has no factor of its own.
        let nothing = InputScaling(
            ColumnRanges(columns: 4), [ConstantMatrix(rows: 1, columns: 4, values: [0, 0, 0, 0])])
        #expect(nothing == .none(columns: 4))
    }

    @Test("A weight that is not a number shows in its output", arguments: KernelLevel.all, NumberFormat.allCases)
    func damagedWeight(level: KernelLevel, format: NumberFormat) {
        let fixture = LinearFixture(rows: 2, inputs: 20, outputs: 3, seed: 10)
        var weights = fixture.weights
        weights[25] = .nan
        let layer = PackedLinear(
            format,
            [(
                ConstantMatrix(rows: 3, columns: 20, values: weights),
                ConstantMatrix(rows: 1, columns: 3, values: fixture.bias)
            )])
        let output = Matrix(rows: 2, columns: 3)
        level.kernels.multiply(
            fixture.activations(format, packedBy: level.kernels), rows: 0..<2, by: layer, into: output, outputRow: 0,
            .store)
        for row in 0..<2 { #expect(output.row(row).map(\.isNaN) == [false, true, false]) }
    }

    @Test(
        "Layer normalisation follows its definition, and what it packs is what it wrote", arguments: KernelLevel.all,
        [1, 5, 16, 31, 100, 384])
    func norm(level: KernelLevel, width: Int) {
        var generator = SeededGenerator(seed: UInt64(width))
        let values = randomFloats(width, 98...102, using: &generator)
        let gain = randomFloats(width, 0...2, using: &generator)
        let shift = randomFloats(width, -1...1, using: &generator)
        let activations = Activations(.int8, rows: 3, columns: width)
        activations.values.setRow(1, to: values)
        let identity = (0..<width * width).map { $0 % (width + 1) == 0 ? Float(1) : 0 }
        let layer = PackedLinear(
            .int8,
            [(
                ConstantMatrix(rows: width, columns: width, values: identity),
                ConstantMatrix(rows: 1, columns: width, values: Array(repeating: 0, count: width))
            )])
        level.kernels.normalize(
            activations, rows: 1..<2,
            EncoderKernels.Norm(
                gain: ConstantMatrix(rows: 1, columns: width, values: gain),
                shift: ConstantMatrix(rows: 1, columns: width, values: shift), epsilon: 1e-5),
            for: layer)
        let mean = values.reduce(0) { $0 + Double($1) } / Double(width)
        let variance = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(width)
        let expected = (0..<width).map {
            (Double(values[$0]) - mean) / (variance + 1e-5).squareRoot() * Double(gain[$0]) + Double(shift[$0])
        }
        for (found, expected) in zip(activations.values.row(1), expected) {
            #expect(abs(Double(found) - expected) < 2e-4)
        }
        #expect(activations.values.row(0).allSatisfy { $0 == 0 }, "rows outside the range stay")
        let output = Matrix(rows: 3, columns: width)
        level.kernels.multiply(activations, rows: 1..<2, by: layer, into: output, outputRow: 1, .store)
        let step = ((expected.max() ?? 0) - (expected.min() ?? 0)) / 255
        for (found, expected) in zip(output.row(1), expected) {
            #expect(abs(Double(found) - expected) <= step * 0.51 + 1e-3)
        }
    }
}
