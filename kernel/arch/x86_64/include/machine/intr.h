/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupt controllers (apic.c, ioapic.c, irq.c).
 */
#ifndef MACHINE_INTR_H
#define MACHINE_INTR_H

#include <arch/types.h>

#define APIC_DEFAULT_BASE 0xfee00000U

/* Map and enable this processor's local APIC; xAPIC or x2APIC. */
extern void apic_init(paddr_t base);
extern void apic_end_of_interrupt(void);
extern uint32_t apic_id(void);

/* Its timer: a down counter of bus ticks divided by 1. 0 stops it. */
extern void apic_timer_start(uint32_t ticks);
extern uint32_t apic_timer_left(void);

/* Use the deadline register instead; true if the processor has it. */
extern bool apic_timer_use_deadline(void);

/* Add a controller whose first line is `gsi`. */
extern void ioapic_add(paddr_t base, unsigned gsi);
extern unsigned ioapic_line_count(void);

/* Route a line; it is masked after. False: no controller has it. */
extern bool ioapic_route(
    unsigned gsi, uint8_t vector, bool level, bool low, uint32_t apic);
extern void ioapic_set_mask(unsigned gsi, bool masked);

/* Find and start them all; after memory allocation works. */
extern void irq_init(void);

/* The line and flags (IRQ_*) of an ISA interrupt. */
extern unsigned irq_of_isa(unsigned isa, unsigned *flags);

/* From the trap code: an interrupt with this vector has come. */
extern void irq_vector(unsigned vector);

#endif
