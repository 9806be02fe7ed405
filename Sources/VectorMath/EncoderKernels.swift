internal import CKernels

/// The steps of a transformer's forward pass, in the instructions that a processor has.
///
/// Floats agree between processors up to rounding. Shapes that do not fit are a programmer's error and trap. NaN and
/// infinity in a row show as NaN in what is computed from it.
///
/// Safe because it holds nothing but the addresses of functions and of a constant name.
package struct EncoderKernels: @unchecked Sendable {
    /// What follows a product and its bias.
    package enum Epilogue: Sendable, CaseIterable {
        /// The result replaces the output.
        case store
        /// The result is added to the output.
        case add
        /// GELU of the result, in its exact form, replaces the output.
        case gelu
    }

    /// Gain, shift and ε of a layer normalisation.
    package struct Norm: Sendable {
        let gain: ConstantMatrix
        let shift: ConstantMatrix
        let epsilon: Float

        package init(gain: ConstantMatrix, shift: ConstantMatrix, epsilon: Float) {
            self.gain = gain
            self.shift = shift
            self.epsilon = epsilon
        }
    }

    private let kernels: refrain_encoder_kernels

    /// The fastest kernels for a processor with `features`.
    package init(features: ProcessorFeatures = .current) {
        kernels = refrain_encoder_kernels(features.rawValue)
    }

    /// Of the instruction set: `plain`, `avx2` or `avx512`.
    package var instructionSet: String { String(cString: kernels.name) }

    /// Whether attention can be computed for heads of this width.
    package static func supports(headWidth: Int) -> Bool { headWidth > 0 && headWidth.isMultiple(of: 16) }

    /// Packs `rows` of the values for `layer`. Nothing to do in f32.
    package func pack(_ activations: Activations, rows: Range<Int>, for layer: PackedLinear) {
        activations.values.check(rows)
        check(activations, for: layer)
        guard activations.format != .f32, !rows.isEmpty else { return }
        let values = activations.values
        var scaling = layer.kernelScaling
        kernels.pack(
            activations.format.kernelValue, values.pointer(row: rows.lowerBound), values.columns, rows.count,
            values.columns, &scaling, activations.target(from: rows.lowerBound))
    }

    /// Brings `rows` of the values to mean 0 and variance 1, applies gain and shift (layer normalisation, Ba, Kiros and
    /// Hinton 2016), and packs them for `layer` if there is one.
    package func normalize(
        _ activations: Activations, rows: Range<Int>, _ norm: Norm, for layer: PackedLinear?
    ) {
        let width = Kernels.checkedWidth(activations.values, rows, [norm.gain, norm.shift])
        guard width > 0, !rows.isEmpty else { return }
        var parameters = refrain_norm(
            gain: norm.gain.pointer(row: 0), shift: norm.shift.pointer(row: 0), epsilon: norm.epsilon)
        var scaling = refrain_input_scaling(factors: parameters.gain, shifts: parameters.shift)
        if let layer {
            check(activations, for: layer)
            scaling = layer.kernelScaling
        }
        // In f32 nothing is packed and the scaling is not read.
        kernels.norm(
            layer == nil ? REFRAIN_F32 : activations.format.kernelValue,
            activations.values.pointer(row: rows.lowerBound), width, rows.count, width, &parameters, &scaling,
            activations.target(from: rows.lowerBound))
    }

    private func check(_ input: Activations, for layer: PackedLinear) {
        precondition(
            input.format == layer.format && input.values.columns == layer.inputs,
            "\(input.values.columns) columns in \(input.format) for \(layer.inputs) inputs in \(layer.format)")
    }

    /// `output[outputRow...] = packed rows of input · layer`, with the bias and what the epilogue says.
    package func multiply(
        _ input: Activations, rows: Range<Int>, by layer: PackedLinear, into output: Matrix, outputRow: Int,
        _ epilogue: Epilogue
    ) {
        input.values.check(rows)
        output.check(outputRow..<outputRow + rows.count)
        check(input, for: layer)
        precondition(output.columns == layer.outputs, "\(layer.outputs) outputs into \(output.columns) columns")
        guard !rows.isEmpty else { return }
        var kernelLayer = layer.kernelLayer
        var packed = input.packed(from: rows.lowerBound)
        let function =
            switch layer.format {
            case .f32: kernels.linear_f32
            case .bf16: kernels.linear_bf16
            case .int8: kernels.linear_int8
            }
        let kernelEpilogue =
            switch epilogue {
            case .store: REFRAIN_STORE
            case .add: REFRAIN_ADD
            case .gelu: REFRAIN_GELU
            }
        function(
            &kernelLayer, &packed, rows.count, output.pointer(row: outputRow), output.columns, kernelEpilogue)
    }

    /// Attention of the tokens in `sequence` to themselves (Vaswani et al. 2017); each token's context goes to the same
    /// row of `context`.
    ///
    /// - Parameter projections: columns are all queries, then all keys, then all values; within each, head after head.
    package func attend(
        _ projections: Matrix, sequence: Range<Int>, heads: Int, into context: Matrix, _ scratch: AttentionScratch
    ) {
        projections.check(sequence)
        context.check(sequence)
        let width = heads * scratch.headWidth
        precondition(sequence.count <= scratch.longest, "\(sequence.count) tokens, room for \(scratch.longest)")
        precondition(Self.supports(headWidth: scratch.headWidth), "heads of \(scratch.headWidth) columns")
        precondition(projections.columns == 3 * width && context.columns == width, "attention is \(width) wide")
        guard !sequence.isEmpty else { return }
        kernels.attention(
            projections.pointer(row: sequence.lowerBound), projections.columns, sequence.count, heads,
            scratch.headWidth, context.pointer(row: sequence.lowerBound), context.columns, scratch.floats.start)
    }
}
