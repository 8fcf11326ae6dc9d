/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The generic timer beside arch/timer.h.
 */
#ifndef AARCH64_TIMER_H
#define AARCH64_TIMER_H

#include <stdint.h>

/* Its interrupt line; arch_timer_init() has started the clock. */
extern void timer_init(void);
extern unsigned timer_line(void);
extern uint64_t timer_frequency(void);

/* Its interrupt has come (gic.c). */
extern void timer_handle(void);

#endif
