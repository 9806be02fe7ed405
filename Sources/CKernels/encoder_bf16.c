#if defined(__x86_64__)
#include <immintrin.h>

#include "encoder_names.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16"))), apply_to = function)
#include "encoder_lanes.h"

#define LINEAR refrain_linear_bf16_avx512
#define LINEAR_SUM floats
#define LINEAR_STEP(sum, word, weights) \
    ((floats)_mm512_dpbf16_ps( \
        (__m512)(sum), (__m512bh)_mm512_set1_epi32((int)(word)), (__m512bh)_mm512_loadu_si512(weights)))
#define LINEAR_ROWS 8
#define LINEAR_COLUMNS 3
#define LINEAR_INT8 0
#include "encoder_linear.h"

#pragma clang attribute pop
#endif
