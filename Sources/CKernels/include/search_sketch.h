#ifndef CKERNELS_SEARCH_SKETCH_H
#define CKERNELS_SEARCH_SKETCH_H

#include <stddef.h>
#include <stdint.h>

/// Rows of a sketch lie in blocks of this many, so that one register holds the same codes of each.
#define REFRAIN_SKETCH_BLOCK 16
/// Components in the first and in the second part of a sketch, as codes of four bits.
#define REFRAIN_SKETCH_FIRST 56
#define REFRAIN_SKETCH_SECOND 64
/// Bytes of one block of either part.
#define REFRAIN_SKETCH_PART_BYTES 512

/// A query as weights of the codes. The bytes behind a row's first codes are what the sketch leaves out of it: two for
/// the first part alone, two for both parts together; each part has its own weights for all four.
struct refrain_sketch_query {
    int8_t first[REFRAIN_SKETCH_FIRST];
    int8_t second[REFRAIN_SKETCH_SECOND];
    int8_t first_slack[4];
    int8_t second_slack[4];
    int32_t first_threshold;
    int32_t second_threshold;
};

/// Finds the rows whose sum of codes times weights reaches the threshold after the first part, and then after both.
/// The second part of a block is read only when one of its rows has reached the first threshold.
///
/// A block's first part is 8 times 64 bytes: of each of its 16 rows four bytes, then the next four of each. Of a group
/// of eight components, the low halves of the four bytes hold the first four, the high halves the others; the eighth
/// group is the slack bytes. The second part is 8 groups of codes. All arithmetic is of whole numbers that cannot
/// overflow, so every variant finds the same rows.
///
/// @param features   what may be used, of `refrain_processor_features`
/// @param survivors  room for 16 × `blocks` numbers; takes the rows found, ascending
/// @param entered    takes how many blocks were read in both parts
/// @return how many rows were found
size_t refrain_sketch_scan(
    uint32_t features, const uint8_t *first, const uint8_t *second, size_t blocks,
    const struct refrain_sketch_query *query, uint32_t *survivors, size_t *entered);

/// Queries that `refrain_sketch_scan_together` looks at a block for while its codes are in registers.
#define REFRAIN_SKETCH_TOGETHER 4

/// `refrain_sketch_scan` for REFRAIN_SKETCH_TOGETHER queries at once: each array has as many elements.
void refrain_sketch_scan_together(
    uint32_t features, const uint8_t *first, const uint8_t *second, size_t blocks,
    const struct refrain_sketch_query *queries, uint32_t *const *survivors, size_t *entered, size_t *found);

#endif
