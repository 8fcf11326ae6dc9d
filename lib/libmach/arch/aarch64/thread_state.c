/* SPDX-License-Identifier: BSD-2-Clause */
/* The first state of a new thread. */
#include "../../thread_state.h"

void
mach_thread_state(struct thread_general_state *state, uintptr_t entry,
    uintptr_t stack, uintptr_t base, uintptr_t argument)
{
	*state = (struct thread_general_state){
	    .pc = entry,
	    .sp = stack & ~15UL,
	    .tpidr_el0 = base,
	    .x = {[0] = argument},
	};
}
