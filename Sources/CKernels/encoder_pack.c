#include <math.h>
#include <string.h>

#include "encoder_kernels.h"

static size_t values_of_a_word(enum refrain_format format) {
    return format == REFRAIN_INT8 ? 4 : format == REFRAIN_BF16 ? 2 : 1;
}

size_t refrain_packed_steps(enum refrain_format format, size_t inputs) {
    size_t values = values_of_a_word(format);
    return (inputs + values - 1) / values;
}

size_t refrain_packed_bytes(enum refrain_format format, size_t outputs, size_t inputs) {
    size_t panels = (outputs + REFRAIN_PANEL - 1) / REFRAIN_PANEL;
    return panels * REFRAIN_PANEL * refrain_packed_steps(format, inputs) * sizeof(uint32_t);
}

/// To nearest, ties to even; what is not a number stays so.
static uint16_t bf16(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    if ((bits & 0x7fffffffu) > 0x7f800000u) return 0x7fc0;
    return (uint16_t)((bits + 0x7fffu + (bits >> 16 & 1)) >> 16);
}

static float byte_scale(const float *weights, const float *factors, size_t inputs) {
    float largest = 0, probe = 0;
    for (size_t input = 0; input < inputs; input++) {
        float magnitude = fabsf(weights[input] / factors[input]);
        if (magnitude > largest) largest = magnitude;
        // Stays zero unless a weight is not finite: then the scale is no number, and shows in every output.
        probe += magnitude * 0;
    }
    return largest / 127 + probe;
}

void refrain_pack_weights(
    enum refrain_format format, const float *weights, size_t first, size_t outputs, size_t inputs,
    const float *factors, void *packed, float *scales, float *offsets) {
    size_t steps = refrain_packed_steps(format, inputs);
    for (size_t row = 0; row < outputs; row++) {
        const float *from = weights + row * inputs;
        size_t output = first + row;
        uint32_t *to = (uint32_t *)packed + output / REFRAIN_PANEL * REFRAIN_PANEL * steps + output % REFRAIN_PANEL;
        float scale = format == REFRAIN_INT8 ? byte_scale(from, factors, inputs) : 1;
        float inverse = scale > 0 && scale < INFINITY ? 1 / scale : 0;
        int64_t sum = 0;
        for (size_t input = 0; input < inputs; input++) {
            if (format == REFRAIN_INT8) {
                float value = roundf(from[input] / factors[input] * inverse);
                int8_t byte = (int8_t)(value >= 127 ? 127 : value > -127 ? value : -127);
                sum += byte;
                ((int8_t *)(to + input / 4 * REFRAIN_PANEL))[input % 4] = byte;
            } else if (format == REFRAIN_BF16) {
                ((uint16_t *)(to + input / 2 * REFRAIN_PANEL))[input % 2] = bf16(from[input]);
            } else {
                memcpy(to + input * REFRAIN_PANEL, from + input, sizeof(float));
            }
        }
        if (format == REFRAIN_INT8) {
            scales[output] = scale;
            offsets[output] = scale * (float)sum;
        }
    }
}

size_t refrain_attention_scratch(size_t length, size_t head_width) {
    size_t padded = (length + 15) / 16 * 16;
    // The keys of one head, turned, and the scores of eight tokens.
    return padded * (head_width + 8);
}
