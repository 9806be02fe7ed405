#pragma once
#include <pthread.h>
#include <stddef.h>
// Swift's Glibc module leaves these out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/types.h>

// Declared here because glibc shows it only under _GNU_SOURCE, which Swift's Glibc module does not set.
extern int pthread_setname_np(pthread_t thread, const char *name);

static inline void CThreads_set_current_name(const char *name) {
    pthread_setname_np(pthread_self(), name);
}

// Likewise. The mask is a bit for each processor.
extern int sched_getaffinity(pid_t process, size_t size, unsigned long *mask);

/// How many processors this process may run on; 0 when the system does not say.
static inline int CThreads_allowed_processors(void) {
    unsigned long mask[16] = {0};
    if (sched_getaffinity(0, sizeof(mask), mask) != 0) return 0;
    int count = 0;
    for (size_t word = 0; word < sizeof(mask) / sizeof(mask[0]); word++) count += __builtin_popcountl(mask[word]);
    return count;
}
