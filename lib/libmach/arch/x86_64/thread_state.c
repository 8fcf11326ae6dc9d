/* SPDX-License-Identifier: BSD-2-Clause */
/* The first state of a new thread. */
#include "../../thread_state.h"

void
mach_thread_state(struct thread_general_state *state, uintptr_t entry,
    uintptr_t stack, uintptr_t base, uintptr_t argument)
{
	*state = (struct thread_general_state){
	    .rip = entry,
	    .rsp = (stack & ~15UL) - 8, /* as after a call */
	    .rflags = 0x202,
	    .fs_base = base,
	    .rdi = argument,
	};
}
