#include "encoder_names.h"
#include "processor.h"

struct refrain_encoder_kernels refrain_encoder_kernels(uint32_t features) {
    struct refrain_encoder_kernels kernels = {
        .name = "plain",
        .linear_f32 = refrain_linear_f32_plain,
        .linear_bf16 = refrain_linear_bf16_plain,
        .linear_int8 = refrain_linear_int8_plain,
        .pack = refrain_pack_plain,
        .norm = refrain_norm_plain,
        .attention = refrain_attention_plain,
    };
#if defined(__x86_64__)
    if (features & REFRAIN_AVX512) {
        kernels.name = "avx512";
        kernels.linear_f32 = refrain_linear_f32_avx512;
        kernels.pack = refrain_pack_avx512;
        kernels.norm = refrain_norm_avx512;
        kernels.attention = refrain_attention_avx512;
    } else if (features & REFRAIN_AVX2) {
        kernels.name = "avx2";
        kernels.linear_f32 = refrain_linear_f32_avx2;
        kernels.pack = refrain_pack_avx2;
        kernels.norm = refrain_norm_avx2;
        kernels.attention = refrain_attention_avx2;
    }
    if (features & REFRAIN_AVX512_BF16) kernels.linear_bf16 = refrain_linear_bf16_avx512;
    if (features & REFRAIN_AVX512_VNNI) kernels.linear_int8 = refrain_linear_int8_vnni;
#else
    (void)features;
#endif
    return kernels;
}
