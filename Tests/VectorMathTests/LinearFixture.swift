import GatewayTesting

@testable import VectorMath

/// A linear layer with random weights, random input, and what comes out by the definition in double precision.
struct LinearFixture {
    let rows: Int
    let inputs: Int
    let outputs: Int
    let input: [[Float]]
    let weights: [Float]
    let bias: [Float]

    init(rows: Int, inputs: Int, outputs: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        self.rows = rows
        self.inputs = inputs
        self.outputs = outputs
        // Every other 128 inputs are small: bytes with one scale for all would lose them.
        self.input = (0..<rows).map { _ in
            randomFloats(inputs, -2...3, using: &generator).enumerated().map {
                $0.offset / 128 % 2 == 0 ? $0.element : $0.element / 20
            }
        }
        self.weights = randomFloats(outputs * inputs, -1...1, using: &generator)
        self.bias = randomFloats(outputs, -1...1, using: &generator)
    }

    /// Packs the outputs as two layers, so that the seam between them is tried too.
    func layer(_ format: NumberFormat) -> PackedLinear {
        let cut = outputs / 2
        let parts = [0..<cut, cut..<outputs].filter { !$0.isEmpty }.map { range in
            (
                ConstantMatrix(
                    rows: range.count, columns: inputs,
                    values: Array(weights[range.lowerBound * inputs..<range.upperBound * inputs])),
                ConstantMatrix(rows: 1, columns: range.count, values: Array(bias[range]))
            )
        }
        return PackedLinear(format, parts)
    }

    func activations(
        _ format: NumberFormat, packedBy kernels: EncoderKernels, for layer: PackedLinear? = nil
    ) -> Activations {
        let activations = Activations(format, rows: rows, columns: inputs)
        for (row, values) in input.enumerated() { activations.values.setRow(row, to: values) }
        kernels.pack(activations, rows: 0..<rows, for: layer ?? self.layer(format))
        return activations
    }

    func expected(row: Int, output: Int) -> Double {
        var sum = Double(bias[output])
        for column in 0..<inputs { sum += Double(input[row][column]) * Double(weights[output * inputs + column]) }
        return sum
    }

    /// How far a product in `format` may be from the definition: what rounding each factor can cost, summed over the
    /// products.
    func allowance(_ format: NumberFormat, row: Int, output: Int) -> Double {
        let values = input[row].map(Double.init)
        let factors = weights[output * inputs..<(output + 1) * inputs].map(Double.init)
        let magnitude = zip(values, factors).reduce(1) { $0 + abs($1.0 * $1.1) }
        switch format {
        case .f32: return magnitude * 1e-6
        // Eight bits of precision, rounded to nearest, for both factors.
        case .bf16: return magnitude * 2 * 0x1p-8
        case .int8:
            // Each group of 128 inputs has scales of its own.
            return stride(from: 0, to: inputs, by: 128).reduce(magnitude * 1e-5) { total, first in
                let group = first..<min(first + 128, inputs)
                let range = (values[group].max() ?? 0) - (values[group].min() ?? 0)
                let most = factors[group].map(abs).max() ?? 0
                let halfStep = range / 255 * 0.5, halfWeight = most / 127 * 0.5
                return group.reduce(total) {
                    $0 + abs(factors[$1]) * halfStep + (abs(values[$1]) + halfStep) * halfWeight
                }
            }
        }
    }
}
