internal import CKernels

/// What the products of a linear layer are computed in. Sums, and all that is not such a product, are 32-bit floats or
/// integers whatever the format.
package enum NumberFormat: String, Sendable, CaseIterable {
    /// 32-bit floats.
    case f32
    /// bfloat16: floats with 8 bits of precision. Half the memory.
    case bf16
    /// Bytes: weights with a scale for each output, activations with a scale and a zero for each row, taken from the
    /// row itself. A quarter of the memory.
    case int8

    var kernelValue: refrain_format {
        switch self {
        case .f32: REFRAIN_F32
        case .bf16: REFRAIN_BF16
        case .int8: REFRAIN_INT8
        }
    }
}
