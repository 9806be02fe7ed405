#if defined(__x86_64__)
#include "encoder_names.h"

// Sixteen floats are two registers here, of which there are half as many: the tiles are smaller.
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "encoder_lanes.h"

#define ROWS_LEVEL avx2
#define ATTENTION_ROWS 4
#define ATTENTION_COLUMNS 1
#include "encoder_rows.h"

#define LINEAR refrain_linear_f32_avx2
#define LINEAR_SUM floats
#define LINEAR_STEP(sum, word, weights) ((sum) + float_of_word(word) * load((const float *)(weights)))
#define LINEAR_ROWS 6
#define LINEAR_COLUMNS 1
#define LINEAR_INT8 0
#include "encoder_linear.h"

#pragma clang attribute pop
#endif
