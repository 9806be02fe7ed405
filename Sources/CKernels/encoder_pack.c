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

size_t refrain_packed_groups(size_t inputs) { return (inputs + REFRAIN_GROUP - 1) / REFRAIN_GROUP; }

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

/// Writes `count` weights, divided by their factors, as bytes: four of them to each word of `to`, whose words for one
/// output lie a panel apart. `room` has space for them.
static void pack_bytes(
    const float *weights, const float *factors, size_t count, float *room, uint32_t *to, float *scale, float *offset) {
    float largest = 0, probe = 0;
    for (size_t input = 0; input < count; input++) {
        room[input] = weights[input] / factors[input];
        float magnitude = fabsf(room[input]);
        largest = magnitude > largest ? magnitude : largest;
        // Stays zero unless a weight is not finite: then the scale is no number, and shows in every output.
        probe += magnitude * 0;
    }
    *scale = largest / 127 + probe;
    float inverse = *scale > 0 && *scale < INFINITY ? 1 / *scale : 0;
    int32_t sum = 0;
    for (size_t input = 0; input < count; input += 4) {
        uint32_t word = 0;
        for (size_t byte = 0; byte < 4 && input + byte < count; byte++) {
            float value = room[input + byte] * inverse;
            // What is not a number becomes 127 here, and its scale is none.
            value = value < 127 ? value : 127;
            int32_t rounded = (int32_t)lrintf(value > -127 ? value : -127);
            sum += rounded;
            word |= (uint32_t)(uint8_t)rounded << (8 * byte);
        }
        to[input / 4 * REFRAIN_PANEL] = word;
    }
    *offset = *scale * (float)sum;
}

void refrain_pack_weights(
    enum refrain_format format, const float *weights, size_t first, size_t outputs, size_t inputs,
    const float *factors, size_t padded, void *packed, float *scales, float *offsets) {
    size_t steps = refrain_packed_steps(format, inputs), groups = refrain_packed_groups(inputs);
    float room[REFRAIN_GROUP];
    for (size_t row = 0; row < outputs; row++) {
        const float *from = weights + row * inputs;
        size_t output = first + row;
        uint32_t *to = (uint32_t *)packed + output / REFRAIN_PANEL * REFRAIN_PANEL * steps + output % REFRAIN_PANEL;
        if (format == REFRAIN_INT8) {
            for (size_t group = 0; group < groups; group++) {
                size_t start = group * REFRAIN_GROUP;
                size_t count = inputs - start < REFRAIN_GROUP ? inputs - start : REFRAIN_GROUP;
                pack_bytes(
                    from + start, factors + start, count, room, to + start / 4 * REFRAIN_PANEL,
                    scales + group * padded + output, offsets + group * padded + output);
            }
            continue;
        }
        for (size_t input = 0; input < inputs; input++) {
            if (format == REFRAIN_BF16) {
                ((uint16_t *)(to + input / 2 * REFRAIN_PANEL))[input % 2] = bf16(from[input]);
            } else {
                memcpy(to + input * REFRAIN_PANEL, from + input, sizeof(float));
            }
        }
    }
}

size_t refrain_attention_scratch(size_t length, size_t head_width) {
    size_t padded = (length + 15) / 16 * 16;
    // The keys of one head, turned, and the scores of eight tokens.
    return padded * (head_width + 8);
}
