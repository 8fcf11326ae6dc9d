/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals inside of the process. */
#ifndef INTERNAL_SIGNAL_STATE_H
#define INTERNAL_SIGNAL_STATE_H

#include <servers/process_types.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/* Counts handlers that ran; waiters for signals wait for it to change. */
extern uint32_t __signal_count;

/* The calling thread's place in the signal page: its mask, its stack. */
struct signal_thread *__signal_thread(void);

/* In the child of fork(), for which the page is a new one. */
void __signal_forked(const struct signal_thread *before);

/* Where the process server starts a handler, in signal_entry.S. */
void __signal_trampoline(struct signal_frame *frame);

/*
 * Called from there: run the handler and restore the mask; the trampoline
 * then restores the registers that the frame holds.
 */
void __signal_deliver(struct signal_frame *frame);

/*
 * A signal to oneself that is caught: call its handler here and now. False if
 * it is blocked, ignored or default, or wants what only the server can give.
 */
bool __signal_self(int signal);

/* Replace the mask, and let in what it held back. */
void __signal_set_mask(uint64_t mask);

struct pthread;

/*
 * A thread's place in the signal page: before it starts (0 or EAGAIN), by
 * itself when it has started, when it ends, and when it could not start.
 */
int __signal_thread_add(struct pthread *thread);
void __signal_thread_started(void);
void __signal_thread_remove(void);
void __signal_thread_drop(struct pthread *thread);

/* As sigqueue(), with a code of one's own. */
int __signal_queue(pid_t pid, int signal, int code, union sigval value);

/* Send a thread of this process a signal; 0 or an errno. */
int __signal_thread_send(struct pthread *thread, int signal);

/* Wait until a handler has run since `seen` was __signal_count. */
void __signal_wait(uint32_t seen);

#endif
