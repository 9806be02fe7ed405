#pragma once
#include <pthread.h>

// Declared here because glibc shows it only under _GNU_SOURCE, which Swift's Glibc module does not set.
extern int pthread_setname_np(pthread_t thread, const char *name);

static inline void CThreads_set_current_name(const char *name) {
    pthread_setname_np(pthread_self(), name);
}
