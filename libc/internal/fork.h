/* SPDX-License-Identifier: BSD-2-Clause */
/* Between fork.c and fork_entry.S. */
#ifndef INTERNAL_FORK_H
#define INTERNAL_FORK_H

/* Where the child starts, with a stack and a thread base. */
_Noreturn void __fork_entry(void);

_Noreturn void __fork_child(void);

#endif
