/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupt lines. A line is a small number: the GSI on x86_64, the GIC INTID
 * on aarch64. The architecture masks nothing by itself; it calls irq_deliver()
 * (device/irq_port.c) with interrupts off and then ends the interrupt.
 */
#ifndef ARCH_IRQ_H
#define ARCH_IRQ_H

#include <arch/types.h>

#define IRQ_LEVEL 0x1U
#define IRQ_EDGE  0x2U
#define IRQ_LOW   0x4U /* active low (x86_64 IOAPIC lines) */

extern unsigned irq_count(void);
extern kern_return_t irq_setup(unsigned irq, unsigned flags);
extern void irq_mask(unsigned irq);
extern void irq_unmask(unsigned irq);

/*
 * A message-signalled interrupt: allocates a line and says what a device must
 * write where. KERN_NOT_SUPPORTED where the machine has none.
 */
extern kern_return_t irq_alloc_msi(
    unsigned *irq, uint64_t *address, uint32_t *data);
extern void irq_free_msi(unsigned irq);

extern void irq_deliver(unsigned irq);

#endif
