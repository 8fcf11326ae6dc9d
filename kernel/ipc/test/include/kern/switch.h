/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In place of the kernel's: threads of the host have stacks of their own.
 */
#ifndef KERN_SWITCH_H
#define KERN_SWITCH_H

#include <kern/thread.h>

/* ipc_host.c */
extern void thread_become(
    struct thread *self, struct thread *next, continuation_t continuation);

#endif
