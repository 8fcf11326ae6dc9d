/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The generic timer: the virtual counter is the clock, the virtual timer's
 * comparator the one-shot interrupt.
 *
 *	ns = (ticks - base) * mult >> shift, the product taken to 128 bits
 *
 * `shift` is the greatest that leaves mult 32 bits, so the error is below one
 * in 2^31; converting a distance to ticks rounds up, so a deadline has passed
 * when its interrupt comes.
 */
#include "timer.h"

#include <arch/irq.h>
#include <arch/timer.h>

#include <boot/fdt_boot.h>
#include <kern/panic.h>

#include "sysreg.h"

#define NS_PER_SECOND 1000000000ULL
#define CTL_ENABLE    1U
#define VIRTUAL_TIMER 2U /* index of its interrupt in the device tree */

static uint64_t frequency;
static uint64_t base;
static uint32_t mult;
static uint32_t shift;
static uint64_t mult_32;         /* mult with the shift made up to 32 */
static uint64_t ticks_per_ns_32; /* times 2^32, rounded up */
static unsigned line;

static uint64_t
counter(void)
{
	isb();
	return SYSREG_READ("cntvct_el0");
}

static int
timer_node(void)
{
	return fdt_find_compatible(&boot_fdt, FDT_NONE, "arm,armv8-timer");
}

void
arch_timer_init(void)
{
	uint32_t given;

	frequency = SYSREG_READ("cntfrq_el0");
	if (fdt_cell(&boot_fdt, timer_node(), "clock-frequency", 0, &given))
		frequency = given;
	if (frequency == 0)
		panic("nobody says how fast the timer counts");
	shift = 32;
	while ((NS_PER_SECOND << shift) / frequency > UINT32_MAX)
		shift--;
	mult = (uint32_t)((NS_PER_SECOND << shift) / frequency);
	mult_32 = (uint64_t)mult << (32 - shift);
	ticks_per_ns_32 = (frequency << 32) / NS_PER_SECOND + 1;
	base = counter();
}

void
timer_init(void)
{
	unsigned flags;

	if (!fdt_boot_interrupt(timer_node(), VIRTUAL_TIMER, &line, &flags))
		panic("the device tree has no virtual timer");
	timer_set_deadline(UINT64_MAX);
	irq_unmask(line);
}

unsigned
timer_line(void)
{
	return line;
}

uint64_t
timer_frequency(void)
{
	return frequency;
}

uint64_t
clock_ticks_to_ns(uint64_t ticks)
{
	return (uint64_t)((unsigned __int128)ticks * mult_32 >> 32);
}

uint64_t
clock_uptime_ns(void)
{
	return clock_ticks_to_ns(counter() - base);
}

void
clock_parameters(
    uint32_t *clock_mult, uint32_t *clock_shift, uint64_t *clock_base)
{
	*clock_mult = mult;
	*clock_shift = shift;
	*clock_base = base;
}

void
timer_set_deadline(uint64_t deadline)
{
	uint64_t now = counter();
	uint64_t uptime = clock_ticks_to_ns(now - base);
	unsigned __int128 ticks = 0;

	if (deadline == UINT64_MAX) {
		SYSREG_WRITE("cntv_ctl_el0", 0);
		return;
	}
	if (deadline > uptime)
		ticks =
		    ((unsigned __int128)(deadline - uptime) * ticks_per_ns_32 >>
			32) +
		    1;
	if (ticks > INT64_MAX)
		ticks = INT64_MAX;
	SYSREG_WRITE("cntv_cval_el0", now + (uint64_t)ticks);
	SYSREG_WRITE("cntv_ctl_el0", CTL_ENABLE);
	isb();
}

void
timer_handle(void)
{
	SYSREG_WRITE("cntv_ctl_el0", 0);
	timer_interrupt();
}
