#pragma once
#include <zlib.h>

// deflateInit2 and inflateInit2 are macros, which Swift does not see. A negative number of window bits stands for bare
// DEFLATE, without a head and a checksum.

static inline int CZlib_deflateInit(z_stream *stream, int level, int windowBits, int memoryLevel) {
    return deflateInit2(stream, level, Z_DEFLATED, -windowBits, memoryLevel, Z_DEFAULT_STRATEGY);
}

static inline int CZlib_inflateInit(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }
