/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Timers that call a function (SIGEV_THREAD). One thread takes the expirations
 * of all of them, from timers of the process server's that send no signal: it
 * sleeps until the first is due and starts a thread for each call.
 */
#ifndef INTERNAL_TIMER_CALL_H
#define INTERNAL_TIMER_CALL_H

#include <signal.h>
#include <stdbool.h>

struct timer_caller;

/* For the server's timer of that number; NULL: no memory, or no thread. */
struct timer_caller *__timer_call(int number, const struct sigevent *event);

/* It was set anew: to expire, or not to. */
void __timer_call_changed(struct timer_caller *caller, bool armed);

/* No more calls begin. */
void __timer_call_end(struct timer_caller *caller);

#endif
