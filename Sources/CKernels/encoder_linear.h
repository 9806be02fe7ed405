// The product of a linear layer, for one number format. Whoever includes this defines
//   LINEAR             the function's name
//   LINEAR_SUM         the vector that sums gather in: floats or ints
//   LINEAR_STEP(s,a,w) a step: the sum `s` with the word `a` times the 16 words at `w` added
//   LINEAR_ROWS        rows of a tile, at most 8
//   LINEAR_COLUMNS     registers of outputs of a tile, 1 or 3
//   LINEAR_INT8        1 when sums are of bytes

#undef UNROLL
#define UNROLL _Pragma("clang loop unroll(full)")

/// Sums of `rows` × `LINEAR_COLUMNS` × 16 outputs, which stay in registers: `rows` is a constant wherever this is
/// inlined, and every loop over `kept` is unrolled. What lies `ahead` words behind the weights is brought near.
INLINE void LINEAR_NAME(LINEAR, sums)(
    const int rows, size_t steps, const uint32_t *input, size_t stride, const uint32_t *weights, size_t ahead,
    LINEAR_SUM kept[LINEAR_ROWS][LINEAR_COLUMNS]) {
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int column = 0; column < LINEAR_COLUMNS; column++) kept[row][column] = (LINEAR_SUM){0};
    }
#pragma clang loop unroll(disable)
    for (size_t step = 0; step < steps; step++) {
        const uint32_t *here = weights + step * REFRAIN_PANEL;
        UNROLL for (int column = 0; column < LINEAR_COLUMNS; column++)
            __builtin_prefetch(here + ahead + column * LANES, 0, 2);
        UNROLL for (int row = 0; row < rows; row++) {
            const uint32_t word = input[(size_t)row * stride + step];
            UNROLL for (int column = 0; column < LINEAR_COLUMNS; column++)
                kept[row][column] = LINEAR_STEP(kept[row][column], word, here + column * LANES);
        }
    }
}

/// The products of a tile, with the bias. Sums of bytes become floats group by group.
INLINE void LINEAR_NAME(LINEAR, tile)(
    const int rows, const struct refrain_linear *layer, const struct refrain_activations *input, size_t row,
    size_t column, floats totals[LINEAR_ROWS][LINEAR_COLUMNS]) {
    const uint32_t *words_in = input->words + row * input->stride;
    const uint32_t *weights = (const uint32_t *)layer->weights +
        column / REFRAIN_PANEL * REFRAIN_PANEL * layer->steps + column % REFRAIN_PANEL;
    UNROLL for (int line = 0; line < rows; line++) {
        UNROLL for (int block = 0; block < LINEAR_COLUMNS; block++)
            totals[line][block] = load(layer->bias + column + (size_t)block * LANES);
    }
    // The first tile of a panel fetches the panel behind it, so that a text that comes alone, to weights that others
    // have driven from the cache, need not wait for every line of them. Fetching ahead of the last panel does no harm.
    const size_t ahead = row == 0 ? REFRAIN_PANEL * layer->steps : 0;
    LINEAR_SUM kept[LINEAR_ROWS][LINEAR_COLUMNS];
#if LINEAR_INT8
    const float *row_scales = input->scales + row * layer->groups, *row_lows = input->lows + row * layer->groups;
    const float *scales = layer->scales + column, *offsets = layer->offsets + column;
    for (size_t group = 0; group < layer->groups; group++) {
        const size_t first = group * GROUP_STEPS;
        const size_t steps = layer->steps - first < GROUP_STEPS ? layer->steps - first : GROUP_STEPS;
        // The totals are to wait in memory: all registers are taken by the sums.
        __asm__ volatile("" : : "r"(totals) : "memory");
        LINEAR_NAME(LINEAR, sums)
        (rows, steps, words_in + first, input->stride, weights + first * REFRAIN_PANEL, ahead, kept);
        UNROLL for (int block = 0; block < LINEAR_COLUMNS; block++) {
            const floats scale = load(scales + block * LANES), offset = load(offsets + block * LANES);
            UNROLL for (int line = 0; line < rows; line++) {
                const size_t place = (size_t)line * layer->groups + group;
                // Two steps, each of one instruction.
                const floats total = totals[line][block] + offset * row_lows[place];
                totals[line][block] =
                    total + __builtin_convertvector(kept[line][block], floats) * (scale * row_scales[place]);
            }
        }
        scales += layer->padded;
        offsets += layer->padded;
    }
#else
    LINEAR_NAME(LINEAR, sums)(rows, layer->steps, words_in, input->stride, weights, ahead, kept);
    UNROLL for (int line = 0; line < rows; line++) {
        UNROLL for (int block = 0; block < LINEAR_COLUMNS; block++) totals[line][block] += kept[line][block];
    }
#endif
}

/// A tile's products turned into outputs, `outputs` columns from `column` on.
INLINE void LINEAR_NAME(LINEAR, finish)(
    int rows, size_t outputs, size_t column, floats totals[LINEAR_ROWS][LINEAR_COLUMNS], float *output,
    size_t stride, const enum refrain_epilogue epilogue) {
    for (int block = 0; block < LINEAR_COLUMNS; block++) {
        size_t first = column + (size_t)block * LANES;
        if (first >= outputs) break;
        size_t count = outputs - first < LANES ? outputs - first : LANES;
        for (int line = 0; line < rows; line++) {
            floats result = totals[line][block];
            float *target = output + (size_t)line * stride + first;
            if (epilogue == REFRAIN_GELU) result = LINEAR_INT8 ? coarse_gelu_of(result) : gelu_of(result);
            if (count == LANES) {
                if (epilogue == REFRAIN_ADD) result += load(target);
                store(target, result);
            } else {
                if (epilogue == REFRAIN_ADD) result += load_some(target, count, 0);
                store_some(target, count, result);
            }
        }
    }
}

static __attribute__((noinline)) void LINEAR_NAME(LINEAR, rows)(
    int rows, const struct refrain_linear *layer, const struct refrain_activations *input, size_t row, size_t column,
    float *output, size_t stride, enum refrain_epilogue epilogue) {
    floats totals[LINEAR_ROWS][LINEAR_COLUMNS];
#define TILE(ROWS) \
    case ROWS: \
        LINEAR_NAME(LINEAR, tile)(ROWS, layer, input, row, column, totals); \
        break;
    switch (rows) {
        TILE(1)
        TILE(2)
        TILE(3)
        TILE(4)
        TILE(5)
        TILE(6)
#if LINEAR_ROWS > 6
        TILE(7)
        TILE(8)
#endif
    }
#undef TILE
    float *target = output + row * stride;
    if (epilogue == REFRAIN_GELU)
        LINEAR_NAME(LINEAR, finish)(rows, layer->outputs, column, totals, target, stride, REFRAIN_GELU);
    else if (epilogue == REFRAIN_ADD)
        LINEAR_NAME(LINEAR, finish)(rows, layer->outputs, column, totals, target, stride, REFRAIN_ADD);
    else
        LINEAR_NAME(LINEAR, finish)(rows, layer->outputs, column, totals, target, stride, REFRAIN_STORE);
}

void LINEAR(
    const struct refrain_linear *layer, const struct refrain_activations *input, size_t rows, float *output,
    size_t stride, enum refrain_epilogue epilogue) {
    if (rows == 0) return;
    // Tiles of even height: 12 rows go as 6 and 6, because 8 and 4 would leave the second with too few sums to keep
    // the multipliers busy.
    size_t tiles = (rows + LINEAR_ROWS - 1) / LINEAR_ROWS;
    for (size_t column = 0; column < layer->outputs; column += LINEAR_COLUMNS * LANES) {
        size_t row = 0;
        for (size_t tile = 0; tile < tiles; tile++) {
            size_t end = rows * (tile + 1) / tiles;
            LINEAR_NAME(LINEAR, rows)
            ((int)(end - row), layer, input, row, column, output, stride, epilogue);
            row = end;
        }
    }
}

#undef LINEAR
#undef LINEAR_SUM
#undef LINEAR_STEP
#undef LINEAR_ROWS
#undef LINEAR_COLUMNS
#undef LINEAR_INT8
#undef UNROLL
