#include "search_rows.h"

#include "processor.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

static void score_plain(
    const int8_t *codes, size_t length, const uint32_t *rows, size_t count, const int8_t *high, const int8_t *low,
    int64_t *scores) {
    for (size_t index = 0; index < count; index++) {
        const int8_t *row = codes + (rows ? rows[index] : index) * length;
        int32_t coarse = 0, fine = 0;
        for (size_t column = 0; column < length; column++) {
            coarse += row[column] * high[column];
            fine += row[column] * low[column];
        }
        scores[index] = (int64_t)coarse * 128 + fine;
    }
}

#if defined(__x86_64__)

/// The instruction multiplies unsigned with signed bytes: rows are raised by 128, and 128 times the sum of the query
/// is taken off again. Both sums stay below 2^31 for 65,536 columns.
__attribute__((target("avx512f,avx512bw,avx512vnni"))) static void score_vnni(
    const int8_t *codes, size_t length, const uint32_t *rows, size_t count, const int8_t *high, const int8_t *low,
    int64_t *scores) {
    int64_t raised = 0;
    for (size_t column = 0; column < length; column++) raised += high[column] * 128 + low[column];
    raised *= 128;
    const __m512i sign = _mm512_set1_epi8((char)0x80);
    for (size_t index = 0; index < count; index++) {
        const int8_t *row = codes + (rows ? rows[index] : index) * length;
        if (rows && index + 4 < count) {
            const char *next = (const char *)codes + rows[index + 4] * length;
            for (size_t column = 0; column < length; column += 64) _mm_prefetch(next + column, _MM_HINT_T0);
        }
        __m512i coarse = _mm512_setzero_si512(), fine = coarse;
        for (size_t column = 0; column < length; column += 64) {
            __m512i bytes = _mm512_xor_si512(_mm512_loadu_si512(row + column), sign);
            coarse = _mm512_dpbusd_epi32(coarse, bytes, _mm512_loadu_si512(high + column));
            fine = _mm512_dpbusd_epi32(fine, bytes, _mm512_loadu_si512(low + column));
        }
        scores[index] =
            (int64_t)_mm512_reduce_add_epi32(coarse) * 128 + _mm512_reduce_add_epi32(fine) - raised;
    }
}

__attribute__((target("avx2"))) static int32_t sum_avx2(__m256i lanes) {
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4E));
    return _mm_cvtsi128_si32(_mm_add_epi32(four, _mm_shuffle_epi32(four, 0xB1)));
}

__attribute__((target("avx2"))) static void score_avx2(
    const int8_t *codes, size_t length, const uint32_t *rows, size_t count, const int8_t *high, const int8_t *low,
    int64_t *scores) {
    for (size_t index = 0; index < count; index++) {
        const int8_t *row = codes + (rows ? rows[index] : index) * length;
        __m256i coarse = _mm256_setzero_si256(), fine = coarse;
        for (size_t column = 0; column < length; column += 16) {
            __m256i words = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(row + column)));
            __m256i upper = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(high + column)));
            __m256i lower = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(low + column)));
            coarse = _mm256_add_epi32(coarse, _mm256_madd_epi16(words, upper));
            fine = _mm256_add_epi32(fine, _mm256_madd_epi16(words, lower));
        }
        scores[index] = (int64_t)sum_avx2(coarse) * 128 + sum_avx2(fine);
    }
}

#elif defined(__aarch64__)

static void score_neon(
    const int8_t *codes, size_t length, const uint32_t *rows, size_t count, const int8_t *high, const int8_t *low,
    int64_t *scores) {
    for (size_t index = 0; index < count; index++) {
        const int8_t *row = codes + (rows ? rows[index] : index) * length;
        int32x4_t coarse = vdupq_n_s32(0), fine = coarse;
        for (size_t column = 0; column < length; column += 8) {
            const int8x8_t bytes = vld1_s8(row + column);
            coarse = vpadalq_s16(coarse, vmull_s8(bytes, vld1_s8(high + column)));
            fine = vpadalq_s16(fine, vmull_s8(bytes, vld1_s8(low + column)));
        }
        scores[index] = (int64_t)vaddvq_s32(coarse) * 128 + vaddvq_s32(fine);
    }
}

#endif

void refrain_rows_score(
    uint32_t features, const int8_t *codes, size_t length, const uint32_t *rows, size_t count, const int8_t *high,
    const int8_t *low, int64_t *scores) {
#if defined(__x86_64__)
    if (features & REFRAIN_AVX512_VNNI) {
        score_vnni(codes, length, rows, count, high, low, scores);
        return;
    }
    if (features & REFRAIN_AVX2) {
        score_avx2(codes, length, rows, count, high, low, scores);
        return;
    }
#elif defined(__aarch64__)
    if (features & REFRAIN_NEON) {
        score_neon(codes, length, rows, count, high, low, scores);
        return;
    }
#endif
    (void)features;
    score_plain(codes, length, rows, count, high, low, scores);
}
