// The kernels of all files, for the one that chooses among them.

#include "encoder_kernels.h"

#define LINEAR_PASTE(a, b) a##_##b
#define LINEAR_NAME(a, b) LINEAR_PASTE(a, b)

#define REFRAIN_LINEAR_DECLARATION(name) \
    void name( \
        const struct refrain_linear *layer, const struct refrain_activations *input, size_t rows, float *output, \
        size_t stride, enum refrain_epilogue epilogue)

#define REFRAIN_ROWS_DECLARATIONS(level) \
    void refrain_pack_##level( \
        enum refrain_format format, const float *input, size_t stride, size_t rows, size_t width, \
        const struct refrain_input_scaling *scaling, struct refrain_packed_rows output); \
    void refrain_norm_##level( \
        enum refrain_format format, float *values, size_t stride, size_t rows, size_t width, \
        const struct refrain_norm *norm, const struct refrain_input_scaling *scaling, \
        struct refrain_packed_rows output); \
    void refrain_attention_##level( \
        const float *projections, size_t stride, size_t length, size_t heads, size_t head_width, float *output, \
        size_t output_stride, float *scratch)

REFRAIN_LINEAR_DECLARATION(refrain_linear_f32_plain);
REFRAIN_LINEAR_DECLARATION(refrain_linear_bf16_plain);
REFRAIN_LINEAR_DECLARATION(refrain_linear_int8_plain);
REFRAIN_ROWS_DECLARATIONS(plain);
#if defined(__x86_64__)
REFRAIN_LINEAR_DECLARATION(refrain_linear_f32_avx2);
REFRAIN_LINEAR_DECLARATION(refrain_linear_f32_avx512);
REFRAIN_LINEAR_DECLARATION(refrain_linear_bf16_avx512);
REFRAIN_LINEAR_DECLARATION(refrain_linear_int8_vnni);
REFRAIN_ROWS_DECLARATIONS(avx2);
REFRAIN_ROWS_DECLARATIONS(avx512);
#endif
