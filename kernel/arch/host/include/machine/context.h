/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A thread's machine part in host unit tests: the context it goes on in.
 */
#ifndef MACHINE_CONTEXT_H
#define MACHINE_CONTEXT_H

#include <machine/trap.h>

struct arch_thread {
	struct trap_frame frame;
	void *host_context; /* ucontext_t of a fake thread */
};

#endif
