/// `precision`: which number format the local model runs in.
package enum EncoderPrecision: String, Sendable, CaseIterable {
    /// The fastest that the processor has instructions for and that is true to the reference.
    case auto
    /// 32-bit floats.
    case f32
    /// bfloat16 products.
    case bf16
    /// Products of bytes.
    case int8
}
