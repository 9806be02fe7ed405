#if defined(__x86_64__)
#include <immintrin.h>

#include "encoder_names.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), apply_to = function)
#include "encoder_lanes.h"

#define LINEAR refrain_linear_int8_vnni
#define LINEAR_SUM ints
#define LINEAR_STEP(sum, word, weights) \
    ((ints)_mm512_dpbusd_epi32((__m512i)(sum), _mm512_set1_epi32((int)(word)), _mm512_loadu_si512(weights)))
#define LINEAR_ROWS 8
#define LINEAR_COLUMNS 3
#define LINEAR_INT8 1
#include "encoder_linear.h"

#pragma clang attribute pop
#endif
