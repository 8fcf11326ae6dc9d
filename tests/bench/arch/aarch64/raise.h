/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An interrupt without a device: of a line that QEMU's virt machine has nothing
 * at, made pending in the interrupt controller.
 */
#ifndef TESTS_BENCH_RAISE_H
#define TESTS_BENCH_RAISE_H

#include <device/device_master_user.h>
#include <stdbool.h>

#define GIC_PAGE   0x8000000UL
#define GIC_SET    0x200 /* pending, a bit a line */
#define SPARE_LINE 140
#define EDGE       2 /* flag of device_master_irq */

static vm_address_t raise_page;

/* It comes to `notify`, a send right that is taken. */
static inline bool
raise_attach(mach_port_t device, mach_port_t notify, mach_port_t *line)
{
	return device_master_irq(device, SPARE_LINE, EDGE, notify, line) ==
		   KERN_SUCCESS &&
	       device_master_map(device, mach_task_self(), &raise_page,
		   GIC_PAGE, 4096, VM_CACHE_DEVICE) == KERN_SUCCESS;
}

static inline void
raise_interrupt(void)
{
	*(volatile uint32_t *)(raise_page + GIC_SET + SPARE_LINE / 32 * 4) =
	    1U << SPARE_LINE % 32;
}

#endif
