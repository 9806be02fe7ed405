#ifndef CKERNELS_SEARCH_ROWS_H
#define CKERNELS_SEARCH_ROWS_H

#include <stddef.h>
#include <stdint.h>

/// Products of whole rows of signed bytes with a query of 15 bits that is given as two bytes a component:
/// `high` × 128 + `low`. Sums are exact for `length` ≤ 65,536, so every variant gives the same numbers.
///
/// @param features  what may be used, of `refrain_processor_features`
/// @param codes     rows of `length` signed bytes, one after the other
/// @param length    a multiple of 64
/// @param rows      which rows; null for the first `count`
/// @param scores    takes `count` products
void refrain_rows_score(
    uint32_t features, const int8_t *codes, size_t length, const uint32_t *rows, size_t count, const int8_t *high,
    const int8_t *low, int64_t *scores);

#endif
