/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Broken invariants. assert() is for the programmer, never for what a user did.
 */
#ifndef KERN_PANIC_H
#define KERN_PANIC_H

struct trap_frame;

extern _Noreturn void panic(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Of the trap that is about to end in a panic, for the debugger; or NULL. */
extern struct trap_frame *panic_frame;

#define assert(condition)                                                \
	do {                                                             \
		if (__builtin_expect(!(condition), 0))                   \
			panic("assertion failed: %s, %s:%d", #condition, \
			    __FILE__, __LINE__);                         \
	} while (0)

#endif
