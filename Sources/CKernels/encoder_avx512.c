#if defined(__x86_64__)
#include <immintrin.h>

#include "encoder_names.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)
#include "encoder_lanes.h"

#define ROWS_LEVEL avx512
#define ATTENTION_ROWS 8
#define ATTENTION_COLUMNS 2
#include "encoder_rows.h"

#define LINEAR refrain_linear_f32_avx512
#define LINEAR_SUM floats
#define LINEAR_STEP(sum, word, weights) \
    ((sum) + (floats)_mm512_set1_epi32((int)(word)) * (floats)_mm512_loadu_si512(weights))
#define LINEAR_ROWS 8
#define LINEAR_COLUMNS 3
#define LINEAR_INT8 0
#include "encoder_linear.h"

#pragma clang attribute pop
#endif
