// What stands between the products of a transformer: packing of activations, layer normalisation, attention. Whoever
// includes this defines ROWS_LEVEL, the suffix of the functions' names, and ATTENTION_ROWS and ATTENTION_COLUMNS, the
// size of a tile of attention in rows and in registers.

#define UNROLL _Pragma("clang loop unroll(full)")
#define ROWS_NAME(name) LINEAR_NAME(name, ROWS_LEVEL)

INLINE halves bf16_of(floats values) {
    words bits = (words)values;
    words rounded = (bits + 0x7fffu + (bits >> 16 & 1)) >> 16;
    words missing = (words)((bits & 0x7fffffffu) > 0x7f800000u);
    return __builtin_convertvector((rounded & ~missing) | (missing & 0x7fc0u), halves);
}

INLINE void pack_bf16(const float *input, size_t width, uint32_t *output) {
    size_t whole = width / LANES * LANES, rest = width - whole;
    for (size_t column = 0; column < whole; column += LANES) {
        halves packed = bf16_of(load(input + column));
        memcpy(output + column / 2, &packed, sizeof packed);
    }
    if (rest) {
        halves packed = bf16_of(load_some(input + whole, rest, 0));
        memcpy(output + whole / 2, &packed, (rest + 1) / 2 * sizeof(uint32_t));
    }
}

INLINE floats scaled(const float *input, const struct refrain_input_scaling *scaling, size_t column) {
    return load(input + column) * load(scaling->factors + column) + load(scaling->shifts + column);
}

/// The last values of a row, and `filler` in the lanes behind them.
INLINE floats scaled_rest(
    const float *input, const struct refrain_input_scaling *scaling, size_t column, size_t count, float filler) {
    float lanes[LANES];
    for (size_t lane = 0; lane < LANES; lane++) {
        size_t place = column + lane;
        lanes[lane] = lane < count ? input[place] * scaling->factors[place] + scaling->shifts[place] : filler;
    }
    return load(lanes);
}

INLINE bytes bytes_of(floats values, float lowest, float inverse) {
    floats steps = smaller(larger((values - lowest) * inverse, every(0)), every(255));
    return __builtin_convertvector((words)(steps + ROUNDING) & 0xffu, bytes);
}

/// Brings `parts` × 16 values, the last `rest` of them fewer if there is a rest, to bytes: the least becomes 0, the
/// largest 255. `parts` is a constant for a whole group.
INLINE void pack_group(
    const float *input, const struct refrain_input_scaling *scaling, size_t first, const size_t parts, size_t rest,
    uint32_t *output, float *scale, float *low, floats *probe) {
    floats kept[REFRAIN_GROUP / LANES];
    // The group's first value takes the empty lanes: it changes neither bound.
    const float filler = input[first] * scaling->factors[first] + scaling->shifts[first];
    floats least = every(filler), most = least;
    for (size_t part = 0; part < parts; part++) {
        const size_t column = first + part * LANES;
        kept[part] = rest && part + 1 == parts ? scaled_rest(input, scaling, column, rest, filler)
                                               : scaled(input, scaling, column);
        least = smaller(kept[part], least);
        most = larger(kept[part], most);
        *probe += kept[part] * 0.0f;
    }
    float lowest, highest;
    bounds_of(least, most, &lowest, &highest);
    const float range = highest - lowest, inverse = range > FLT_MIN ? 255 / range : 0;
    for (size_t part = 0; part < parts; part++) {
        bytes packed = bytes_of(kept[part], lowest, inverse);
        memcpy(
            output + (first + part * LANES) / 4, &packed,
            rest && part + 1 == parts ? (rest + 3) / 4 * sizeof(uint32_t) : sizeof packed);
    }
    *scale = range / 255;
    *low = lowest;
}

/// Brings a row, scaled, to bytes, group by group.
INLINE void pack_int8(
    const float *input, const struct refrain_input_scaling *scaling, size_t width, uint32_t *output, float *scales,
    float *lows) {
    floats probe = {0};
    size_t first = 0, group = 0;
    for (; first + REFRAIN_GROUP <= width; first += REFRAIN_GROUP, group++)
        pack_group(input, scaling, first, REFRAIN_GROUP / LANES, 0, output, scales + group, lows + group, &probe);
    if (first < width)
        pack_group(
            input, scaling, first, (width - first + LANES - 1) / LANES, (width - first) % LANES, output,
            scales + group, lows + group, &probe);
    // Comparisons pass over what is not a number. The probe is zero if all are finite, else no number, and so is then
    // every output of this row.
    scales[0] += sum_of(probe);
}

INLINE void pack_row(
    enum refrain_format format, const float *input, size_t width, const struct refrain_input_scaling *scaling,
    const struct refrain_packed_rows *output, size_t row) {
    uint32_t *words_out = output->words + row * output->stride;
    if (format == REFRAIN_INT8)
        pack_int8(
            input, scaling, width, words_out, output->scales + row * output->groups,
            output->lows + row * output->groups);
    else if (format == REFRAIN_BF16)
        pack_bf16(input, width, words_out);
    else
        memcpy(words_out, input, width * sizeof(float));
}

void ROWS_NAME(refrain_pack)(
    enum refrain_format format, const float *input, size_t stride, size_t rows, size_t width,
    const struct refrain_input_scaling *scaling, struct refrain_packed_rows output) {
    for (size_t row = 0; row < rows; row++) pack_row(format, input + row * stride, width, scaling, &output, row);
}

INLINE void norm_row(float *values, size_t width, const struct refrain_norm *norm) {
    size_t whole = width / LANES * LANES, rest = width - whole;
    floats total = {0};
    for (size_t column = 0; column < whole; column += LANES) total += load(values + column);
    if (rest) total += load_some(values + whole, rest, 0);
    float mean = sum_of(total) / (float)width;
    // Deviations first, then their squares: the short formula loses the variance of a row with a large mean.
    floats squares = {0};
    for (size_t column = 0; column < whole; column += LANES) {
        floats deviation = load(values + column) - mean;
        squares += deviation * deviation;
    }
    if (rest) {
        floats deviation = load_some(values + whole, rest, mean) - mean;
        squares += deviation * deviation;
    }
    float scale = 1 / __builtin_sqrtf(sum_of(squares) / (float)width + norm->epsilon);
    for (size_t column = 0; column < whole; column += LANES)
        store(values + column,
            (load(values + column) - mean) * (load(norm->gain + column) * scale) + load(norm->shift + column));
    for (size_t column = whole; column < width; column++)
        values[column] = (values[column] - mean) * (norm->gain[column] * scale) + norm->shift[column];
}

void ROWS_NAME(refrain_norm)(
    enum refrain_format format, float *values, size_t stride, size_t rows, size_t width,
    const struct refrain_norm *norm, const struct refrain_input_scaling *scaling, struct refrain_packed_rows output) {
    for (size_t row = 0; row < rows; row++) {
        norm_row(values + row * stride, width, norm);
        if (format != REFRAIN_F32) pack_row(format, values + row * stride, width, scaling, &output, row);
    }
}

/// `rows` × `columns` × 16 inner products over `steps`; `rows` and `columns` are constants wherever this is inlined.
INLINE void product_tile(
    const int rows, const int columns, size_t steps, const float *left, size_t left_stride, const float *right,
    size_t right_stride, float *output, size_t output_stride, const float *row_scales) {
    floats kept[ATTENTION_ROWS][ATTENTION_COLUMNS];
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int column = 0; column < columns; column++) kept[row][column] = (floats){0};
    }
#pragma clang loop unroll(disable)
    for (size_t step = 0; step < steps; step++) {
        UNROLL for (int row = 0; row < rows; row++) {
            UNROLL for (int column = 0; column < columns; column++)
                kept[row][column] += left[(size_t)row * left_stride + step] *
                    load(right + step * right_stride + column * LANES);
        }
    }
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int column = 0; column < columns; column++)
            store(output + (size_t)row * output_stride + column * LANES,
                row_scales ? kept[row][column] * row_scales[row] : kept[row][column]);
    }
}

/// output = left · right, each row times its scale if there are scales; `width` is a multiple of 16, `rows` at most
/// ATTENTION_ROWS.
static __attribute__((noinline)) void ROWS_NAME(product)(
    size_t rows, size_t width, size_t steps, const float *left, size_t left_stride, const float *right,
    size_t right_stride, float *output, size_t output_stride, const float *row_scales) {
    size_t column = 0;
    while (column < width) {
        size_t blocks = (width - column) / LANES;
        if (blocks > ATTENTION_COLUMNS) blocks = ATTENTION_COLUMNS;
        const float *from = right + column;
        float *to = output + column;
#define TILE(ROWS, COLUMNS) \
    case ROWS * 4 + COLUMNS: \
        product_tile( \
            ROWS, COLUMNS, steps, left, left_stride, from, right_stride, to, output_stride, row_scales); \
        break;
#if ATTENTION_COLUMNS > 1
#define TILES(ROWS) TILE(ROWS, 1) TILE(ROWS, 2)
#else
#define TILES(ROWS) TILE(ROWS, 1)
#endif
        switch (rows * 4 + blocks) {
            TILES(1)
            TILES(2)
            TILES(3)
            TILES(4)
#if ATTENTION_ROWS > 4
            TILES(5)
            TILES(6)
            TILES(7)
            TILES(8)
#endif
        }
#undef TILES
#undef TILE
        column += blocks * LANES;
    }
}

/// One step of turning a square of 16 × 16: what lies `distance` off the diagonal changes sides.
#define TURN(distance, low, high) \
    UNROLL for (int row = 0; row < LANES; row++) { \
        if (row & distance) continue; \
        floats upper = lines[row], lower = lines[row + distance]; \
        lines[row] = low; \
        lines[row + distance] = high; \
    }

/// Writes the 16 × 16 square at `from` turned, times `scale`, to `to`.
INLINE void turn_square(const float *from, size_t stride, size_t rows, float scale, float *to, size_t to_stride) {
    floats lines[LANES];
    UNROLL for (int row = 0; row < LANES; row++) {
        lines[row] = (size_t)row < rows ? load(from + (size_t)row * stride) * scale : (floats){0};
    }
    TURN(8, __builtin_shufflevector(upper, lower, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
        __builtin_shufflevector(upper, lower, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
    TURN(4, __builtin_shufflevector(upper, lower, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27),
        __builtin_shufflevector(upper, lower, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31))
    TURN(2, __builtin_shufflevector(upper, lower, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29),
        __builtin_shufflevector(upper, lower, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
    TURN(1, __builtin_shufflevector(upper, lower, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30),
        __builtin_shufflevector(upper, lower, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31))
    UNROLL for (int row = 0; row < LANES; row++) store(to + (size_t)row * to_stride, lines[row]);
}

/// Turns scores, which are in units of log₂ e already, into powers; returns 1 ÷ their sum. Columns from `length` on
/// become zero.
INLINE float powers_of_scores(float *scores, size_t length) {
    size_t whole = length / LANES * LANES, rest = length - whole;
    floats most = every(-FLT_MAX);
    for (size_t column = 0; column < whole; column += LANES) most = larger(load(scores + column), most);
    if (rest) most = larger(load_some(scores + whole, rest, -FLT_MAX), most);
    // The largest is taken off first, so that no power overflows.
    float largest = largest_of(most);
    floats total = {0};
    for (size_t column = 0; column < whole; column += LANES) {
        floats power = exp2_of(load(scores + column) - largest);
        total += power;
        store(scores + column, power);
    }
    if (rest) {
        float tail[LANES] = {0};
        floats power = exp2_of(load_some(scores + whole, rest, -FLT_MAX) - largest);
        memcpy(tail, &power, rest * sizeof(float));
        total += load(tail);
        store(scores + whole, load(tail));
    }
    return 1 / sum_of(total);
}

void ROWS_NAME(refrain_attention)(
    const float *projections, size_t stride, size_t length, size_t heads, size_t head_width, float *output,
    size_t output_stride, float *scratch) {
    const size_t padded = (length + LANES - 1) / LANES * LANES, width = heads * head_width;
    float *turned = scratch, *scores = scratch + padded * head_width;
    // exp(x / √w) is 2 to the power of x · log₂ e / √w.
    const float scale = 1.4426950408889634f / __builtin_sqrtf((float)head_width);
    const size_t tiles = (length + ATTENTION_ROWS - 1) / ATTENTION_ROWS;
    for (size_t head = 0; head < heads; head++) {
        const float *queries = projections + head * head_width;
        const float *keys = queries + width, *values = keys + width;
        for (size_t token = 0; token < length; token += LANES)
            for (size_t column = 0; column < head_width; column += LANES)
                turn_square(keys + token * stride + column, stride, length - token, scale,
                    turned + column * padded + token, padded);
        size_t row = 0;
        for (size_t tile = 0; tile < tiles; tile++) {
            size_t end = length * (tile + 1) / tiles, count = end - row;
            float inverses[ATTENTION_ROWS];
            ROWS_NAME(product)
            (count, padded, head_width, queries + row * stride, stride, turned, padded, scores, padded, NULL);
            for (size_t line = 0; line < count; line++)
                inverses[line] = powers_of_scores(scores + line * padded, length);
            ROWS_NAME(product)
            (count, head_width, length, scores, padded, values, stride,
                output + row * output_stride + head * head_width, output_stride, inverses);
            row = end;
        }
    }
}
