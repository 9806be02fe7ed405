internal import CKernels

/// What the processor can do beyond the instructions that Swift compiles for. Read once.
package struct ProcessorFeatures: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// AVX2 with fused multiply-add.
    package static let avx2 = Self(rawValue: REFRAIN_AVX2.rawValue)
    /// AVX-512 F, BW, DQ and VL.
    package static let avx512 = Self(rawValue: REFRAIN_AVX512.rawValue)
    /// AVX-512 products of bytes.
    package static let vnni = Self(rawValue: REFRAIN_AVX512_VNNI.rawValue)
    /// AVX-512 counting of ones.
    package static let vpopcntdq = Self(rawValue: REFRAIN_AVX512_VPOPCNTDQ.rawValue)
    /// AVX-512 products of bfloat16.
    package static let bf16 = Self(rawValue: REFRAIN_AVX512_BF16.rawValue)
    /// Arm's Advanced SIMD.
    package static let neon = Self(rawValue: REFRAIN_NEON.rawValue)

    /// Those of the processor the process runs on.
    package static let current = Self(rawValue: refrain_processor_features())
}
