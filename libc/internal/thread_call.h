/* SPDX-License-Identifier: BSD-2-Clause */
/* Telling by SIGEV_THREAD: a function called in a thread of its own. */
#ifndef INTERNAL_THREAD_CALL_H
#define INTERNAL_THREAD_CALL_H

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>

/*
 * Start a detached thread, of these attributes (null: the usual), that calls
 * the function. False: there is no memory or are too many threads now.
 */
bool __thread_call(void (*function)(union sigval), union sigval value,
    const pthread_attr_t *attributes);

#endif
