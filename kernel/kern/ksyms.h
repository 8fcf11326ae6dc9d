/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's own symbols, linked into it: sorted addresses (offsets from
 * KERNEL_BASE) of functions and their names. The builder links twice: first
 * with an empty table, then with the table that scripts/mksyms makes from nm.
 */
#ifndef KERN_KSYMS_H
#define KERN_KSYMS_H

#include <arch/types.h>

extern const uint32_t ksym_count;
extern const uint32_t ksym_table[]; /* from KERNEL_BASE */
/* One after the other, each with its NUL; in names 128 + n is the n-th word. */
extern const char ksym_names[];
extern const char ksym_words[];

/*
 * The function that `pc` is in, and how far; NULL where none is known. The name
 * is good until the next call.
 */
extern const char *ksym_find(vaddr_t pc, uint64_t *offset);

/* The address of a function; false: there is none of that name. */
extern bool ksym_lookup(const char *name, vaddr_t *address);

/* Call chain from frame pointer `fp` on, to the console. */
extern void backtrace_print(vaddr_t fp, vaddr_t pc);

#endif
