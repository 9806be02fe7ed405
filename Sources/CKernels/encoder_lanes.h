// Sixteen floats at a time, in terms of the compiler's vectors: what they become depends on the instruction set of the
// functions they are inlined into. Each file that includes this one compiles it for another.

// Vectors wider than the registers are passed in an unusual way, which matters to no function that is inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#include <float.h>
#include <string.h>

#include "encoder_kernels.h"

typedef float floats __attribute__((vector_size(64)));
typedef int32_t ints __attribute__((vector_size(64)));
typedef uint32_t words __attribute__((vector_size(64)));
typedef uint8_t bytes __attribute__((vector_size(16)));
typedef uint16_t halves __attribute__((vector_size(32)));
// The same without a promise of alignment.
typedef float loose_floats __attribute__((vector_size(64), aligned(4)));

#define LANES 16
#define GROUP_STEPS (REFRAIN_GROUP / 4)
#define INLINE static inline __attribute__((always_inline, unused))

INLINE floats load(const float *from) { return *(const loose_floats *)from; }

INLINE void store(float *to, floats values) { *(loose_floats *)to = values; }

INLINE floats every(float value) { return value - (floats){0}; }

INLINE float float_of_word(uint32_t word) {
    float value;
    memcpy(&value, &word, sizeof value);
    return value;
}

INLINE floats load_some(const float *from, size_t count, float filler) {
    float lanes[LANES];
    for (size_t lane = 0; lane < LANES; lane++) lanes[lane] = filler;
    memcpy(lanes, from, count * sizeof(float));
    return load(lanes);
}

INLINE void store_some(float *to, size_t count, floats values) { memcpy(to, &values, count * sizeof(float)); }

INLINE floats choose(ints mask, floats yes, floats no) {
    return (floats)((mask & (ints)yes) | (~mask & (ints)no));
}

// What is not a number loses: these return the second operand then, as the processor's instructions do.
INLINE floats larger(floats a, floats b) { return choose(a > b, a, b); }

INLINE floats smaller(floats a, floats b) { return choose(a < b, a, b); }

#define FOLD(values, op, width) \
    op(values, __builtin_shufflevector( \
                   values, values, (0 + width) % 16, (1 + width) % 16, (2 + width) % 16, (3 + width) % 16, \
                   (4 + width) % 16, (5 + width) % 16, (6 + width) % 16, (7 + width) % 16, (8 + width) % 16, \
                   (9 + width) % 16, (10 + width) % 16, (11 + width) % 16, (12 + width) % 16, (13 + width) % 16, \
                   (14 + width) % 16, (15 + width) % 16))

INLINE floats plus(floats a, floats b) { return a + b; }

INLINE float sum_of(floats values) {
    values = FOLD(values, plus, 8);
    values = FOLD(values, plus, 4);
    values = FOLD(values, plus, 2);
    return values[0] + values[1];
}

INLINE float largest_of(floats values) {
    values = FOLD(values, larger, 8);
    values = FOLD(values, larger, 4);
    values = FOLD(values, larger, 2);
    return values[0] > values[1] ? values[0] : values[1];
}

/// The lane that differs in one bit of its number, taken with `op`.
#define FOLD_WITHIN(values, op, bit) \
    op(values, __builtin_shufflevector( \
                   values, values, 0 ^ bit, 1 ^ bit, 2 ^ bit, 3 ^ bit, 4 ^ bit, 5 ^ bit, 6 ^ bit, 7 ^ bit, 8 ^ bit, \
                   9 ^ bit, 10 ^ bit, 11 ^ bit, 12 ^ bit, 13 ^ bit, 14 ^ bit, 15 ^ bit))

/// The smallest lane of one vector and the largest of another. After the first step one half of a vector is enough for
/// each, and they go on together.
INLINE void bounds_of(floats least, floats most, float *lowest, float *highest) {
    least = FOLD_WITHIN(least, smaller, 8);
    most = -FOLD_WITHIN(most, larger, 8);
    floats both =
        __builtin_shufflevector(least, most, 0, 1, 2, 3, 4, 5, 6, 7, 24, 25, 26, 27, 28, 29, 30, 31);
    both = FOLD_WITHIN(both, smaller, 4);
    both = FOLD_WITHIN(both, smaller, 2);
    both = FOLD_WITHIN(both, smaller, 1);
    *lowest = both[0];
    *highest = -both[8];
}

// Adding 1.5 · 2²³ leaves the nearest integer in the low bits of the sum: rounding without an instruction for it.
#define ROUNDING 12582912.0f

/// 2ˣ, relative error below 1.2e-7; x is taken as -126 or 127 beyond. The polynomial is SIMDMath's.
INLINE floats exp2_of(floats x) {
    x = smaller(larger(x, every(-126)), every(127));
    floats shifted = x + ROUNDING;
    floats fraction = x - (shifted - ROUNDING);
    floats power = fraction * 0.00015345807498414084f + 0.001339993118290403f;
    power = power * fraction + 0.009618488973857156f;
    power = power * fraction + 0.055503287770780806f;
    power = power * fraction + 0.24022646890479388f;
    power = power * fraction + 0.6931472057371972f;
    power = power * fraction + 1.0f;
    return (floats)((words)power + ((words)shifted << 23));
}

/// x · Φ(x), by SIMDMath's polynomial for -log₂ erfc.
INLINE floats gelu_of(floats value) {
    words sign = (words)value & 0x80000000u;
    floats x = (floats)((words)value & 0x7fffffffu) * 0.7071067811865475f;
    x = smaller(x, every(4));
    floats h = x * -0.000011604801161370692f + 0.00015296428463415134f;
    h = h * x - 0.0008482341195424822f;
    h = h * x + 0.0022747851061187267f;
    h = h * x - 0.00008480493888137167f;
    h = h * x - 0.027724476243245668f;
    h = h * x + 0.14830791101409713f;
    h = h * x + 0.918442900545271f;
    h = h * x + 1.6279072672249626f;
    floats erf = (floats)((words)(1.0f - exp2_of(-(h * x))) | sign);
    floats half = value * 0.5f;
    return half * erf + half;
}

/// x · Φ(x) for results that become bytes: at most 2e-4 from it for x up to 8, and 3e-5 of x beyond, which is a few
/// hundredths of a byte's step. Φ is ½ plus an odd polynomial, fitted to the least greatest error of the product.
INLINE floats coarse_gelu_of(floats value) {
    floats x = smaller(larger(value, every(-4)), every(4));
    floats t = x * x;
    floats p = t * 2.2781284414463698e-08f - 1.5985937125151395e-06f;
    p = p * t + 4.795533459400758e-05f;
    p = p * t - 0.0008140134741552174f;
    p = p * t + 0.008772377856075764f;
    p = p * t - 0.06457308679819107f;
    p = p * t + 0.3978833258152008f;
    return value * (p * x + 0.5f);
}
