#include "processor.h"

uint32_t refrain_processor_features(void) {
    uint32_t found = 0;
#if defined(__x86_64__)
    // The builtins ask the operating system, too, whether it saves the wide registers.
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) found |= REFRAIN_AVX2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        found |= REFRAIN_AVX512;
        if (__builtin_cpu_supports("avx512vnni")) found |= REFRAIN_AVX512_VNNI;
        if (__builtin_cpu_supports("avx512vpopcntdq")) found |= REFRAIN_AVX512_VPOPCNTDQ;
        if (__builtin_cpu_supports("avx512bf16")) found |= REFRAIN_AVX512_BF16;
    }
#elif defined(__aarch64__)
    found |= REFRAIN_NEON;
#endif
    return found;
}
