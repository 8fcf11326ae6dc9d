/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Descriptor tables (gdt.c, idt.c), and the features found (cpu.c).
 */
#ifndef MACHINE_SEGMENTS_H
#define MACHINE_SEGMENTS_H

#include <machine/cpu.h>

/* Slots of the interrupt stack table, from 1. */
#define IST_NMI           1U
#define IST_DOUBLE_FAULT  2U
#define IST_MACHINE_CHECK 3U
#define IST_COUNT         3U
#define IST_STACK_SIZE    4096U

/* Fill and load this processor's GDT and TSS, and make GS point at `cpu`. */
extern void gdt_install(struct cpu *cpu);

/* Fill the one interrupt table; load it on this processor. */
extern void idt_init(void);
extern void idt_install(void);

/*
 * Turn the three-byte no-operations that stand for STAC and CLAC into those
 * instructions if the processor has them. Before the text is read-only.
 */
extern void cpu_patch_smap(void);

#endif
