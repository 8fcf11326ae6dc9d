/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The clock and the one-shot timer of this processor. No periodic tick.
 */
#ifndef ARCH_TIMER_H
#define ARCH_TIMER_H

#include <arch/types.h>

/* Find and calibrate; after this the clock runs. */
extern void arch_timer_init(void);

/* Nanoseconds that so many of cpu_ticks() take. */
extern uint64_t clock_ticks_to_ns(uint64_t ticks);

/* Nanoseconds since boot, monotonic. */
extern uint64_t clock_uptime_ns(void);

/* Seconds since 1970 at boot from the machine's clock chip; 0: unknown. */
extern uint64_t clock_boot_epoch(void);

/* How user space reads the clock without a trap: ns = ticks * mult >> shift. */
extern void clock_parameters(uint32_t *mult, uint32_t *shift, uint64_t *base);

/* Interrupt once at `deadline` (uptime ns); UINT64_MAX: never. */
extern void timer_set_deadline(uint64_t deadline);

/* What the architecture calls when that interrupt comes (kern/timeout.c). */
extern void timer_interrupt(void);

#endif
