#ifndef CKERNELS_H
#define CKERNELS_H

// Inner loops that need instructions beyond what Swift compiles for by default. Every kernel has a plain version that
// runs anywhere and gives the same answer; which one runs is decided once, at start, by `refrain_processor_features`.

#include "encoder_kernels.h"
#include "freed_memory.h"
#include "processor.h"
#include "search_rows.h"
#include "search_sketch.h"

#endif
