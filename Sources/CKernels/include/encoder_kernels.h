#ifndef CKERNELS_ENCODER_KERNELS_H
#define CKERNELS_ENCODER_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// The inner loops of a transformer's forward pass.
//
// One shape serves all number formats: a row of activations is a row of 32-bit words, each holding one float, two
// bfloat16 or four bytes, and a step of the inner product multiplies one word with the like of 16 outputs. Floats
// agree between the instruction sets up to rounding; sums of bytes agree exactly. Nothing here allocates or checks:
// VectorMath does.

#pragma clang assume_nonnull begin

/// The number format of a linear layer.
enum refrain_format {
    REFRAIN_F32 = 0,
    REFRAIN_BF16 = 1,
    REFRAIN_INT8 = 2
};

/// Outputs that stand together in packed weights: three registers of 16 lanes.
#define REFRAIN_PANEL 48

/// Inputs whose bytes share a scale: of a row of activations, and of an output's weights.
#define REFRAIN_GROUP 128

/// What follows the product of a linear layer.
enum refrain_epilogue {
    REFRAIN_STORE = 0, ///< output = product + bias
    REFRAIN_ADD = 1,   ///< output += product + bias
    REFRAIN_GELU = 2   ///< output = gelu(product + bias), GELU in its exact form
};

/// A linear layer with packed weights. Arrays by output are padded with zeros to whole panels.
struct refrain_linear {
    size_t outputs;
    size_t steps;         ///< words of a row of activations
    const void *weights;  ///< panel after panel; in it step after step: one word for each of 48 outputs
    size_t groups;        ///< of REFRAIN_GROUP inputs
    size_t padded;        ///< outputs, in whole panels
    const float *scales;  ///< by group, then by output; int8 only
    const float *offsets; ///< by group, then by output, scale × Σ of its bytes; int8 only
    const float *bias;    ///< by output
};

/// Rows of activations: `words` in the layer's format, `stride` words from one row to the next. A group of an
/// int8 row stands for low + byte × scale, with bytes of 0 to 255.
struct refrain_activations {
    const uint32_t *words;
    size_t stride;
    const float *scales; ///< by row, then by group; int8 only
    const float *lows;   ///< by row, then by group; int8 only
};

/// By column, what is packed as bytes instead of a value: value × factor + shift.
struct refrain_input_scaling {
    const float *factors;
    const float *shifts;
};

/// Gain and shift of a layer normalisation over `width` columns.
struct refrain_norm {
    const float *gain;
    const float *shift;
    float epsilon;
};

/// Where packed activations go: the counterpart of `refrain_activations`, to be written.
struct refrain_packed_rows {
    uint32_t *words;
    size_t stride;
    size_t groups;
    float *scales;
    float *lows;
};

/// One product: `rows` rows of `input` through `layer` to `output`, `stride` floats from one row to the next.
typedef void (*refrain_linear_function)(
    const struct refrain_linear *layer, const struct refrain_activations *input, size_t rows, float *output,
    size_t stride, enum refrain_epilogue epilogue);

/// The kernels for one processor.
struct refrain_encoder_kernels {
    const char *name; ///< of the instruction set: "plain", "avx2" or "avx512"
    refrain_linear_function linear_f32;
    refrain_linear_function linear_bf16;
    refrain_linear_function linear_int8;
    /// Packs `rows` rows of `width` floats. The scaling is read for int8 only.
    void (*pack)(
        enum refrain_format format, const float *input, size_t stride, size_t rows, size_t width,
        const struct refrain_input_scaling *scaling, struct refrain_packed_rows output);
    /// Normalises `rows` rows of `width` floats in place, and packs them unless the format is f32.
    void (*norm)(
        enum refrain_format format, float *values, size_t stride, size_t rows, size_t width,
        const struct refrain_norm *norm, const struct refrain_input_scaling *scaling,
        struct refrain_packed_rows output);
    /// Attention of `length` tokens to themselves. `projections`: queries, keys and values side by side, each of
    /// `heads` × `head_width` columns; head_width is a multiple of 16. `scratch`: `refrain_attention_scratch` floats.
    void (*attention)(
        const float *projections, size_t stride, size_t length, size_t heads, size_t head_width, float *output,
        size_t output_stride, float *scratch);
};

/// The fastest kernels a processor with `features` can run. Any thread.
struct refrain_encoder_kernels refrain_encoder_kernels(uint32_t features);

/// Floats of scratch memory, aligned to 64 bytes, that attention over `length` tokens needs.
size_t refrain_attention_scratch(size_t length, size_t head_width);

/// Bytes of the packed weights of a layer.
size_t refrain_packed_bytes(enum refrain_format format, size_t outputs, size_t inputs);

/// Words of one packed row of `inputs` activations.
size_t refrain_packed_steps(enum refrain_format format, size_t inputs);

/// Groups of one packed row of `inputs` activations.
size_t refrain_packed_groups(size_t inputs);

/// Packs rows `first`… of a layer: `weights` has `outputs` rows of `inputs` floats. `packed`, `scales` and `offsets`
/// are those of the whole layer, of `padded` outputs, and zero at first; scales and offsets are written for int8 only.
/// `factors`, for int8 only, are those by which the columns of the input are multiplied when they are packed: weights
/// are divided by them.
void refrain_pack_weights(
    enum refrain_format format, const float *weights, size_t first, size_t outputs, size_t inputs,
    const float *factors, size_t padded, void *packed, float *scales, float *offsets);

#pragma clang assume_nonnull end

#endif
