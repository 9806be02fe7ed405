#ifndef CKERNELS_PROCESSOR_H
#define CKERNELS_PROCESSOR_H

#include <stdint.h>

/// What the processor and the operating system let us use, as a set of bits.
enum refrain_processor_feature {
    REFRAIN_AVX2 = 1 << 0,             ///< AVX2 and FMA
    REFRAIN_AVX512 = 1 << 1,           ///< AVX-512 F, BW, DQ and VL
    REFRAIN_AVX512_VNNI = 1 << 2,      ///< products of bytes, summed in 32 bits
    REFRAIN_AVX512_VPOPCNTDQ = 1 << 3, ///< ones counted in 64 bits
    REFRAIN_AVX512_BF16 = 1 << 4,      ///< products of bfloat16, summed in 32 bits
    REFRAIN_NEON = 1 << 5              ///< Arm's Advanced SIMD
};

/// The features found, the same for the life of the process. Any thread.
uint32_t refrain_processor_features(void);

#endif
