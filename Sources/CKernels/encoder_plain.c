// The kernels in terms every processor has.

#include "encoder_names.h"

#include "encoder_lanes.h"

#define ROWS_LEVEL plain
#define ATTENTION_ROWS 4
#define ATTENTION_COLUMNS 1
#include "encoder_rows.h"

#define LINEAR refrain_linear_f32_plain
#define LINEAR_SUM floats
#define LINEAR_STEP(sum, word, weights) ((sum) + float_of_word(word) * load((const float *)(weights)))
#define LINEAR_ROWS 6
#define LINEAR_COLUMNS 1
#define LINEAR_INT8 0
#include "encoder_linear.h"

/// Two products in each lane, of the halves of a word.
INLINE floats step_bf16(floats sum, uint32_t word, const uint32_t *weights) {
    words pairs;
    memcpy(&pairs, weights, sizeof pairs);
    floats first = (floats)(pairs << 16), second = (floats)(pairs & 0xffff0000u);
    return sum + float_of_word(word << 16) * first + float_of_word(word & 0xffff0000u) * second;
}

#define LINEAR refrain_linear_bf16_plain
#define LINEAR_SUM floats
#define LINEAR_STEP(sum, word, weights) step_bf16(sum, word, weights)
#define LINEAR_ROWS 6
#define LINEAR_COLUMNS 1
#define LINEAR_INT8 0
#include "encoder_linear.h"

/// Four products in each lane, of bytes without a sign with bytes that have one.
INLINE ints step_int8(ints sum, uint32_t word, const uint32_t *weights) {
    ints quads;
    memcpy(&quads, weights, sizeof quads);
    for (int byte = 0; byte < 4; byte++)
        sum += (quads << (24 - 8 * byte) >> 24) * (int32_t)(word >> (8 * byte) & 0xffu);
    return sum;
}

#define LINEAR refrain_linear_int8_plain
#define LINEAR_SUM ints
#define LINEAR_STEP(sum, word, weights) step_int8(sum, word, weights)
#define LINEAR_ROWS 6
#define LINEAR_COLUMNS 1
#define LINEAR_INT8 1
#include "encoder_linear.h"
