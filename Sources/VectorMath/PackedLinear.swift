internal import CKernels

/// A linear layer whose weights are packed, once, in the order in which the kernels read them.
///
/// Safe because nothing is written after `init`, and the layer keeps the memory that `kernelLayer` points into.
package final class PackedLinear: @unchecked Sendable {
    package let format: NumberFormat
    package let inputs: Int
    package let outputs: Int
    let kernelLayer: refrain_linear
    let kernelScaling: refrain_input_scaling
    private let memory: [AlignedBuffer]

    /// Packs layers that share their input, such as query, key and value, as one: the outputs of the first, then of the
    /// second and so on. Weights have one output per row, biases are one row.
    ///
    /// - Parameter scaling: of the input, for int8 only; nil changes nothing.
    package init(
        _ format: NumberFormat, _ parts: [(weights: ConstantMatrix, bias: ConstantMatrix)],
        scaling: InputScaling? = nil
    ) {
        let inputs = parts.first?.weights.columns ?? 0
        let outputs = parts.reduce(0) { $0 + $1.weights.rows }
        precondition(inputs > 0 && outputs > 0, "a layer of \(inputs) × \(outputs) has nothing to pack")
        let panel = Int(REFRAIN_PANEL)
        let padded = (outputs + panel - 1) / panel * panel
        let bytes = refrain_packed_bytes(format.kernelValue, outputs, inputs)
        let weights = AlignedBuffer(count: bytes / MemoryLayout<Float>.stride)
        let groups = refrain_packed_groups(inputs)
        let measures = format == .int8 ? groups * padded : 0
        let (scales, offsets) = (AlignedBuffer(count: measures), AlignedBuffer(count: measures))
        let bias = AlignedBuffer(count: padded)
        let scaling = (format == .int8 ? scaling : nil) ?? .none(columns: inputs)
        precondition(scaling.centres.count == inputs, "a scaling of \(scaling.centres.count) for \(inputs) inputs")
        let (factors, shifts) = (AlignedBuffer(count: inputs), AlignedBuffer(count: inputs))
        for column in 0..<inputs {
            factors.start[column] = 1 / scaling.divisors[column]
            shifts.start[column] = -scaling.centres[column] / scaling.divisors[column]
        }
        var first = 0
        for part in parts {
            let count = part.weights.rows
            precondition(
                part.weights.columns == inputs && part.bias.rows == 1 && part.bias.columns == count,
                "\(count) × \(part.weights.columns) weights with \(part.bias.columns) biases, for \(inputs) inputs")
            refrain_pack_weights(
                format.kernelValue, part.weights.pointer(row: 0), first, count, inputs, factors.start, padded,
                weights.start, scales.start, offsets.start)
            for output in 0..<count {
                let moved = format == .int8 ? BLAS.dot(part.weights.row(output), scaling.centres) : 0
                bias.start[first + output] = part.bias.pointer(row: 0)[output] + moved
            }
            first += count
        }
        self.format = format
        self.inputs = inputs
        self.outputs = outputs
        self.memory = [weights, scales, offsets, bias, factors, shifts]
        self.kernelLayer = refrain_linear(
            outputs: outputs, steps: refrain_packed_steps(format.kernelValue, inputs), weights: weights.start,
            groups: groups, padded: padded, scales: scales.start, offsets: offsets.start, bias: bias.start)
        self.kernelScaling = refrain_input_scaling(factors: factors.start, shifts: shifts.start)
    }

    /// In bytes.
    package var byteCount: Int { memory.reduce(0) { $0 + $1.count * MemoryLayout<Float>.stride } }
}
