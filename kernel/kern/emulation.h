/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a task's traps with non-negative numbers go: to code of its own.
 */
#ifndef KERN_EMULATION_H
#define KERN_EMULATION_H

#include <mach/vm_types.h>

struct task;

/* Where trap `number` goes, which may be any; 0: nowhere. */
extern vm_address_t emulation_entry(const struct task *task, int number);

/* A child shares its parent's until one of them gets another. */
extern void emulation_inherit(struct task *task, const struct task *parent);
extern void emulation_release(struct task *task);

#endif
