/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Measuring the clock (tsc.c).
 */
#ifndef MACHINE_CLOCK_H
#define MACHINE_CLOCK_H

/*
 * Begin the measurement that arch_timer_init() ends, as early as the ACPI
 * tables are known, so that the boot itself is most of its time.
 */
extern void tsc_first_sample(void);

#endif
