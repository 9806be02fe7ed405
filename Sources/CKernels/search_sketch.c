#include "search_sketch.h"

#include <string.h>

#include "processor.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

enum {
    BLOCK = REFRAIN_SKETCH_BLOCK,
    GROUP_BYTES = 4 * REFRAIN_SKETCH_BLOCK,
    FIRST_GROUPS = REFRAIN_SKETCH_FIRST / 8,
    SECOND_GROUPS = REFRAIN_SKETCH_SECOND / 8,
    SLACK = FIRST_GROUPS * GROUP_BYTES,
};

typedef struct refrain_sketch_query sketch_query;

static inline int32_t four_weights(const int8_t *weights) {
    int32_t four;
    memcpy(&four, weights, 4);
    return four;
}

/// Appends the rows of a block whose bit is set.
static inline size_t emit(uint32_t hits, size_t first, uint32_t *survivors, size_t found) {
    for (; hits != 0; hits &= hits - 1) survivors[found++] = (uint32_t)(first + (size_t)__builtin_ctz(hits));
    return found;
}

static void add_codes_plain(const uint8_t *codes, size_t groups, const int8_t *weights, int32_t *sums) {
    for (size_t group = 0; group < groups; group++, codes += GROUP_BYTES, weights += 8) {
        for (size_t byte = 0; byte < GROUP_BYTES; byte++) {
            sums[byte / 4] += (codes[byte] & 15) * weights[byte % 4] + (codes[byte] >> 4) * weights[4 + byte % 4];
        }
    }
}

static uint32_t hits_plain(const uint8_t *slack, const int8_t *weights, const int32_t *sums, int32_t threshold) {
    uint32_t hits = 0;
    for (size_t row = 0; row < BLOCK; row++) {
        int32_t sum = sums[row];
        for (size_t byte = 0; byte < 4; byte++) sum += slack[4 * row + byte] * weights[byte];
        hits |= (uint32_t)(sum >= threshold) << row;
    }
    return hits;
}

static size_t scan_plain(
    const uint8_t *first, const uint8_t *second, size_t blocks, const sketch_query *query, uint32_t *survivors,
    size_t *entered) {
    size_t found = 0;
    for (size_t block = 0; block < blocks; block++) {
        const uint8_t *head = first + block * REFRAIN_SKETCH_PART_BYTES;
        int32_t sums[BLOCK] = {0};
        add_codes_plain(head, FIRST_GROUPS, query->first, sums);
        uint32_t hits = hits_plain(head + SLACK, query->first_slack, sums, query->first_threshold);
        if (hits == 0) continue;
        *entered += 1;
        add_codes_plain(second + block * REFRAIN_SKETCH_PART_BYTES, SECOND_GROUPS, query->second, sums);
        hits &= hits_plain(head + SLACK, query->second_slack, sums, query->second_threshold);
        found = emit(hits, block * BLOCK, survivors, found);
    }
    return found;
}

#if defined(__x86_64__)

#define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

/// Bytes ahead of those being read that are asked for: what a page of memory ends, the processor does not foresee.
enum { AHEAD = 4096 };

VNNI static inline __m512i add_codes_vnni(__m512i sums, const uint8_t *codes, __m512i low, __m512i high) {
    const __m512i nibble = _mm512_set1_epi8(15);
    const __m512i bytes = _mm512_loadu_si512(codes);
    sums = _mm512_dpbusd_epi32(sums, _mm512_and_si512(bytes, nibble), low);
    return _mm512_dpbusd_epi32(sums, _mm512_and_si512(_mm512_srli_epi16(bytes, 4), nibble), high);
}

/// Blocks that have reached the first threshold wait here until there are some, while memory fetches their second
/// parts.
typedef struct {
    __m512i sums[16];
    size_t block[16];
    uint32_t hits[16];
    size_t count;
} waiting_vnni;

VNNI static size_t finish_vnni(
    waiting_vnni *waiting, const uint8_t *first, const uint8_t *second, const sketch_query *query, uint32_t *survivors,
    size_t found) {
    const __m512i slack = _mm512_set1_epi32(four_weights(query->second_slack));
    const __m512i bar = _mm512_set1_epi32(query->second_threshold);
    for (size_t index = 0; index < waiting->count; index++) {
        const size_t block = waiting->block[index];
        const uint8_t *codes = second + block * REFRAIN_SKETCH_PART_BYTES;
        __m512i even = waiting->sums[index], odd = _mm512_setzero_si512();
        for (size_t group = 0; group < SECOND_GROUPS; group += 2, codes += 2 * GROUP_BYTES) {
            const int8_t *weights = query->second + 8 * group;
            even = add_codes_vnni(
                even, codes, _mm512_set1_epi32(four_weights(weights)), _mm512_set1_epi32(four_weights(weights + 4)));
            odd = add_codes_vnni(
                odd, codes + GROUP_BYTES, _mm512_set1_epi32(four_weights(weights + 8)),
                _mm512_set1_epi32(four_weights(weights + 12)));
        }
        const __m512i left_out = _mm512_loadu_si512(first + block * REFRAIN_SKETCH_PART_BYTES + SLACK);
        const __m512i sums = _mm512_dpbusd_epi32(_mm512_add_epi32(even, odd), left_out, slack);
        found = emit(
            waiting->hits[index] & _mm512_cmpge_epi32_mask(sums, bar), block * BLOCK, survivors, found);
    }
    waiting->count = 0;
    return found;
}

VNNI static size_t scan_vnni(
    const uint8_t *first, const uint8_t *second, size_t blocks, const sketch_query *query, uint32_t *survivors,
    size_t *entered) {
    __m512i low[FIRST_GROUPS], high[FIRST_GROUPS];
    for (size_t group = 0; group < FIRST_GROUPS; group++) {
        low[group] = _mm512_set1_epi32(four_weights(query->first + 8 * group));
        high[group] = _mm512_set1_epi32(four_weights(query->first + 8 * group + 4));
    }
    const __m512i slack = _mm512_set1_epi32(four_weights(query->first_slack));
    const __m512i bar = _mm512_set1_epi32(query->first_threshold);
    waiting_vnni waiting;
    waiting.count = 0;
    size_t found = 0;
    for (size_t block = 0; block < blocks; block++) {
        const uint8_t *head = first + block * REFRAIN_SKETCH_PART_BYTES;
        __m512i even = _mm512_setzero_si512(), odd = even;
#pragma clang loop unroll(full)
        for (size_t group = 0; group < FIRST_GROUPS; group++) {
            _mm_prefetch((const char *)head + group * GROUP_BYTES + AHEAD, _MM_HINT_T0);
            if (group % 2 == 0) even = add_codes_vnni(even, head + group * GROUP_BYTES, low[group], high[group]);
            else odd = add_codes_vnni(odd, head + group * GROUP_BYTES, low[group], high[group]);
        }
        _mm_prefetch((const char *)head + SLACK + AHEAD, _MM_HINT_T0);
        const __m512i sums = _mm512_add_epi32(even, odd);
        const __m512i whole = _mm512_dpbusd_epi32(sums, _mm512_loadu_si512(head + SLACK), slack);
        const uint32_t hits = _mm512_cmpge_epi32_mask(whole, bar);
        if (__builtin_expect(hits == 0, 1)) continue;
        *entered += 1;
        const char *tail = (const char *)second + block * REFRAIN_SKETCH_PART_BYTES;
        for (size_t group = 0; group < SECOND_GROUPS; group++) {
            _mm_prefetch(tail + group * GROUP_BYTES, _MM_HINT_T0);
        }
        waiting.sums[waiting.count] = sums;
        waiting.block[waiting.count] = block;
        waiting.hits[waiting.count] = hits;
        waiting.count += 1;
        if (waiting.count == 16) found = finish_vnni(&waiting, first, second, query, survivors, found);
    }
    return finish_vnni(&waiting, first, second, query, survivors, found);
}

/// A block's first codes are loaded and taken apart once, and multiplied with the weights of each query, which are read
/// from memory: those of all queries are too many for the registers.
VNNI static void scan_together_vnni(
    const uint8_t *first, const uint8_t *second, size_t blocks, const sketch_query *queries,
    uint32_t *const *survivors, size_t *entered, size_t *found) {
    const __m512i nibble = _mm512_set1_epi8(15);
    __m512i weights[REFRAIN_SKETCH_TOGETHER][2 * FIRST_GROUPS + 1];
    waiting_vnni waiting[REFRAIN_SKETCH_TOGETHER];
    for (size_t query = 0; query < REFRAIN_SKETCH_TOGETHER; query++) {
        for (size_t half = 0; half < 2 * FIRST_GROUPS; half++)
            weights[query][half] = _mm512_set1_epi32(four_weights(queries[query].first + 4 * half));
        weights[query][2 * FIRST_GROUPS] = _mm512_set1_epi32(four_weights(queries[query].first_slack));
        waiting[query].count = 0;
        entered[query] = found[query] = 0;
    }
    for (size_t block = 0; block < blocks; block++) {
        const uint8_t *head = first + block * REFRAIN_SKETCH_PART_BYTES;
        __m512i codes[2 * FIRST_GROUPS];
#pragma clang loop unroll(full)
        for (size_t group = 0; group < FIRST_GROUPS; group++) {
            _mm_prefetch((const char *)head + group * GROUP_BYTES + AHEAD, _MM_HINT_T0);
            const __m512i bytes = _mm512_loadu_si512(head + group * GROUP_BYTES);
            codes[2 * group] = _mm512_and_si512(bytes, nibble);
            codes[2 * group + 1] = _mm512_and_si512(_mm512_srli_epi16(bytes, 4), nibble);
        }
        _mm_prefetch((const char *)head + SLACK + AHEAD, _MM_HINT_T0);
        const __m512i left_out = _mm512_loadu_si512(head + SLACK);
        __m512i sums[REFRAIN_SKETCH_TOGETHER];
        uint32_t hits[REFRAIN_SKETCH_TOGETHER], any = 0;
#pragma clang loop unroll(full)
        for (size_t query = 0; query < REFRAIN_SKETCH_TOGETHER; query++) {
            __m512i even = _mm512_setzero_si512(), odd = even;
#pragma clang loop unroll(full)
            for (size_t half = 0; half < 2 * FIRST_GROUPS; half += 2) {
                even = _mm512_dpbusd_epi32(even, codes[half], weights[query][half]);
                odd = _mm512_dpbusd_epi32(odd, codes[half + 1], weights[query][half + 1]);
            }
            sums[query] = _mm512_add_epi32(even, odd);
            const __m512i whole = _mm512_dpbusd_epi32(sums[query], left_out, weights[query][2 * FIRST_GROUPS]);
            hits[query] = _mm512_cmpge_epi32_mask(whole, _mm512_set1_epi32(queries[query].first_threshold));
            any |= hits[query];
        }
        if (any == 0) continue;
        const char *tail = (const char *)second + block * REFRAIN_SKETCH_PART_BYTES;
        for (size_t group = 0; group < SECOND_GROUPS; group++) _mm_prefetch(tail + group * GROUP_BYTES, _MM_HINT_T0);
#pragma clang loop unroll(full)
        for (size_t query = 0; query < REFRAIN_SKETCH_TOGETHER; query++) {
            // Written in any case, and kept only if there is a hit: whether there is cannot be foreseen.
            waiting_vnni *mine = &waiting[query];
            mine->sums[mine->count] = sums[query];
            mine->block[mine->count] = block;
            mine->hits[mine->count] = hits[query];
            mine->count += hits[query] != 0;
            if (__builtin_expect(mine->count < 16, 1)) continue;
            entered[query] += mine->count;
            found[query] = finish_vnni(mine, first, second, &queries[query], survivors[query], found[query]);
        }
    }
    for (size_t query = 0; query < REFRAIN_SKETCH_TOGETHER; query++) {
        entered[query] += waiting[query].count;
        found[query] =
            finish_vnni(&waiting[query], first, second, &queries[query], survivors[query], found[query]);
    }
}

#define AVX2 __attribute__((target("avx2")))

/// Of each row two partial sums, four rows to a register.
typedef struct {
    __m256i quarter[4];
} sums_avx2;

/// Adds bytes times weights. Products of bytes would saturate in 16 bits (`vpmaddubsw`), so they are widened first.
AVX2 static inline __m256i add_bytes_avx2(__m256i sums, __m128i bytes, __m256i weights) {
    return _mm256_add_epi32(sums, _mm256_madd_epi16(_mm256_cvtepu8_epi16(bytes), weights));
}

AVX2 static inline __m256i weights_avx2(const int8_t *weights) {
    return _mm256_cvtepi8_epi16(_mm_set1_epi32(four_weights(weights)));
}

AVX2 static void add_codes_avx2(sums_avx2 *sums, const uint8_t *codes, size_t groups, const int8_t *weights) {
    const __m128i nibble = _mm_set1_epi8(15);
    for (size_t group = 0; group < groups; group++, codes += GROUP_BYTES, weights += 8) {
        const __m256i low = weights_avx2(weights), high = weights_avx2(weights + 4);
        for (size_t part = 0; part < 4; part++) {
            const __m128i bytes = _mm_loadu_si128((const __m128i *)(codes + 16 * part));
            __m256i sum = add_bytes_avx2(sums->quarter[part], _mm_and_si128(bytes, nibble), low);
            sums->quarter[part] = add_bytes_avx2(sum, _mm_and_si128(_mm_srli_epi16(bytes, 4), nibble), high);
        }
    }
}

AVX2 static uint32_t hits_avx2(const uint8_t *slack, const int8_t *weights, sums_avx2 sums, int32_t threshold) {
    const __m256i wide = weights_avx2(weights);
    const __m256i bar = _mm256_set1_epi32(threshold);
    const __m256i order = _mm256_setr_epi32(0, 1, 4, 5, 2, 3, 6, 7);
    for (size_t part = 0; part < 4; part++) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(slack + 16 * part));
        sums.quarter[part] = add_bytes_avx2(sums.quarter[part], bytes, wide);
    }
    uint32_t misses = 0;
    for (size_t half = 0; half < 2; half++) {
        // Partial sums are added pairwise, then the rows put in order.
        const __m256i paired = _mm256_hadd_epi32(sums.quarter[2 * half], sums.quarter[2 * half + 1]);
        const __m256i below = _mm256_cmpgt_epi32(bar, _mm256_permutevar8x32_epi32(paired, order));
        misses |= (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(below)) << (8 * half);
    }
    return ~misses & 0xFFFF;
}

AVX2 static size_t scan_avx2(
    const uint8_t *first, const uint8_t *second, size_t blocks, const sketch_query *query, uint32_t *survivors,
    size_t *entered) {
    size_t found = 0;
    for (size_t block = 0; block < blocks; block++, first += REFRAIN_SKETCH_PART_BYTES) {
        sums_avx2 sums = {{_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(),
                           _mm256_setzero_si256()}};
        add_codes_avx2(&sums, first, FIRST_GROUPS, query->first);
        uint32_t hits = hits_avx2(first + SLACK, query->first_slack, sums, query->first_threshold);
        if (hits == 0) continue;
        *entered += 1;
        add_codes_avx2(&sums, second + block * REFRAIN_SKETCH_PART_BYTES, SECOND_GROUPS, query->second);
        hits &= hits_avx2(first + SLACK, query->second_slack, sums, query->second_threshold);
        found = emit(hits, block * BLOCK, survivors, found);
    }
    return found;
}

#elif defined(__aarch64__)

/// Of each row two partial sums, two rows to a register.
typedef struct {
    int32x4_t pair[8];
} sums_neon;

/// Adds bytes times weights for two rows.
static inline int32x4_t add_bytes_neon(int32x4_t sums, uint8x8_t bytes, int16x8_t weights) {
    const int16x8_t wide = vreinterpretq_s16_u16(vmovl_u8(bytes));
    const int32x4_t low = vmull_s16(vget_low_s16(wide), vget_low_s16(weights));
    const int32x4_t high = vmull_s16(vget_high_s16(wide), vget_high_s16(weights));
    return vaddq_s32(sums, vpaddq_s32(low, high));
}

static inline int16x8_t weights_neon(const int8_t *weights) {
    return vmovl_s8(vreinterpret_s8_s32(vdup_n_s32(four_weights(weights))));
}

static void add_codes_neon(sums_neon *sums, const uint8_t *codes, size_t groups, const int8_t *weights) {
    for (size_t group = 0; group < groups; group++, codes += GROUP_BYTES, weights += 8) {
        const int16x8_t low = weights_neon(weights), high = weights_neon(weights + 4);
        for (size_t part = 0; part < 8; part++) {
            const uint8x8_t bytes = vld1_u8(codes + 8 * part);
            int32x4_t sum = add_bytes_neon(sums->pair[part], vand_u8(bytes, vdup_n_u8(15)), low);
            sums->pair[part] = add_bytes_neon(sum, vshr_n_u8(bytes, 4), high);
        }
    }
}

static uint32_t hits_neon(const uint8_t *slack, const int8_t *weights, sums_neon sums, int32_t threshold) {
    const int16x8_t wide = weights_neon(weights);
    const uint32x4_t bits = {1, 2, 4, 8};
    uint32_t hits = 0;
    for (size_t part = 0; part < 8; part += 2) {
        const int32x4_t left = add_bytes_neon(sums.pair[part], vld1_u8(slack + 8 * part), wide);
        const int32x4_t right = add_bytes_neon(sums.pair[part + 1], vld1_u8(slack + 8 * part + 8), wide);
        const uint32x4_t reached = vcgeq_s32(vpaddq_s32(left, right), vdupq_n_s32(threshold));
        hits |= vaddvq_u32(vandq_u32(reached, bits)) << (2 * part);
    }
    return hits;
}

static size_t scan_neon(
    const uint8_t *first, const uint8_t *second, size_t blocks, const sketch_query *query, uint32_t *survivors,
    size_t *entered) {
    size_t found = 0;
    for (size_t block = 0; block < blocks; block++, first += REFRAIN_SKETCH_PART_BYTES) {
        sums_neon sums;
        for (size_t part = 0; part < 8; part++) sums.pair[part] = vdupq_n_s32(0);
        add_codes_neon(&sums, first, FIRST_GROUPS, query->first);
        uint32_t hits = hits_neon(first + SLACK, query->first_slack, sums, query->first_threshold);
        if (hits == 0) continue;
        *entered += 1;
        add_codes_neon(&sums, second + block * REFRAIN_SKETCH_PART_BYTES, SECOND_GROUPS, query->second);
        hits &= hits_neon(first + SLACK, query->second_slack, sums, query->second_threshold);
        found = emit(hits, block * BLOCK, survivors, found);
    }
    return found;
}

#endif

size_t refrain_sketch_scan(
    uint32_t features, const uint8_t *first, const uint8_t *second, size_t blocks,
    const struct refrain_sketch_query *query, uint32_t *survivors, size_t *entered) {
    *entered = 0;
#if defined(__x86_64__)
    if (features & REFRAIN_AVX512_VNNI) return scan_vnni(first, second, blocks, query, survivors, entered);
    if (features & REFRAIN_AVX2) return scan_avx2(first, second, blocks, query, survivors, entered);
#elif defined(__aarch64__)
    if (features & REFRAIN_NEON) return scan_neon(first, second, blocks, query, survivors, entered);
#endif
    (void)features;
    return scan_plain(first, second, blocks, query, survivors, entered);
}

void refrain_sketch_scan_together(
    uint32_t features, const uint8_t *first, const uint8_t *second, size_t blocks, const sketch_query *queries,
    uint32_t *const *survivors, size_t *entered, size_t *found) {
#if defined(__x86_64__)
    if (features & REFRAIN_AVX512_VNNI) {
        scan_together_vnni(first, second, blocks, queries, survivors, entered, found);
        return;
    }
#endif
    for (size_t query = 0; query < REFRAIN_SKETCH_TOGETHER; query++) {
        found[query] = refrain_sketch_scan(
            features, first, second, blocks, &queries[query], survivors[query], &entered[query]);
    }
}
