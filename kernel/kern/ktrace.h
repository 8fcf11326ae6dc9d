/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ring of kernel events, and counts of them. Off, which it is unless
 * host_ktrace_start() was called, an event costs the test of a flag; and traps
 * and messages not even that, for they are seen by way of AST_TRACE alone.
 */
#ifndef KERN_KTRACE_H
#define KERN_KTRACE_H

#include <mach/trace.h>

#include <arch/types.h>

struct thread;

extern bool ktrace_on;

/* Note an event of `thread`; any context, interrupts off. */
extern void ktrace_note(const struct thread *thread, unsigned kind,
    unsigned code, uint64_t first, uint64_t second);

static inline void
ktrace(const struct thread *thread, unsigned kind, unsigned code,
    uint64_t first, uint64_t second)
{
	if (__builtin_expect(ktrace_on, false))
		ktrace_note(thread, kind, code, first, second);
}

/* `thread` has the processor, from whoever had it. */
extern void ktrace_switch(const struct thread *thread, unsigned by);

/* If a message gave the processor to the running thread, note that. */
extern void ktrace_running(const struct thread *self);

/* For the debugger: the event `back` before the last; NULL: there is none. */
extern const struct ktrace_event *ktrace_last(uint64_t back);

#endif
