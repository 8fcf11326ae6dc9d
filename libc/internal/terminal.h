/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules of the background: see servers/io_types.h, IO_WANTS_GROUP. */
#ifndef INTERNAL_TERMINAL_H
#define INTERNAL_TERMINAL_H

#include <mach/mach_types.h>

#include <servers/io_types.h>
#include <stdbool.h>

/*
 * A read or write at the open file's own offset has had the result *code. Is
 * it to be called again, with *offset changed? In the background the signal
 * is sent first, which as a rule stops the caller. Else *code is the result.
 */
bool __terminal_retry_slow(
    mach_port_t port, kern_return_t *code, int signal, int64_t *offset);

static inline bool
__terminal_retry(
    mach_port_t port, kern_return_t *code, int signal, int64_t *offset)
{
	if (__builtin_expect((*code & ~1) != IO_WANTS_GROUP, 1))
		return false;
	return __terminal_retry_slow(port, code, signal, offset);
}

/* The same for what changes the terminal: -1 with errno when it must not. */
int __terminal_check_change(mach_port_t port);

#endif
