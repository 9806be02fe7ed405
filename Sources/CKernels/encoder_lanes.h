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

INLINE float smallest_of(floats values) {
    values = FOLD(values, smaller, 8);
    values = FOLD(values, smaller, 4);
    values = FOLD(values, smaller, 2);
    return values[0] < values[1] ? values[0] : values[1];
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

/// x · Φ(x) for what becomes a byte next: within 2.2e-4, a hundredth of a byte's step, at a third of the cost. With
/// t = |x|, at most 4, erf(t / √2) is a polynomial of degree 6, fitted for the least maximum of t · its error; the sign
/// cancels in x · erf(x / √2).
INLINE floats coarse_gelu_of(floats value) {
    floats size = (floats)((words)value & 0x7fffffffu);
    floats t = smaller(size, every(4));
    floats erf = t * 0.001284208265133202f - 0.019844746217131615f;
    erf = erf * t + 0.11529243737459183f;
    erf = erf * t - 0.28090277314186096f;
    erf = erf * t + 0.08796462416648865f;
    erf = erf * t + 0.7790953516960144f;
    return 0.5f * (size * (erf * t) + value);
}
