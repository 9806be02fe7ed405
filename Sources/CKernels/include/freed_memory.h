#ifndef CKERNELS_FREED_MEMORY_H
#define CKERNELS_FREED_MEMORY_H

/// Hands memory that was freed and that the allocator still keeps back to the system, where the C library can be told
/// to (glibc). Any thread; other threads' allocations wait for some milliseconds.
void refrain_return_freed_memory(void);

#endif
