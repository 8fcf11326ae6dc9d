/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An interrupt without a device: that of a message-signalled one, whose vector
 * the local APIC, in the page that the messages go to, sends to itself.
 */
#ifndef TESTS_BENCH_RAISE_H
#define TESTS_BENCH_RAISE_H

#include <device/device_master_user.h>
#include <stdbool.h>

#define APIC_PAGE  0xfee00000UL
#define ICR_LOW    0x300
#define ICR_SELF   0x40000U
#define ICR_ASSERT 0x4000U

static vm_address_t raise_page;
static natural_t raise_data;

/* It comes to `notify`, a send right that is taken. */
static inline bool
raise_attach(mach_port_t device, mach_port_t notify, mach_port_t *line)
{
	rpc_phys_addr_t address;

	return device_master_msi(device, notify, line, &address, &raise_data) ==
		   KERN_SUCCESS &&
	       device_master_map(device, mach_task_self(), &raise_page,
		   APIC_PAGE, 4096, VM_CACHE_DEVICE) == KERN_SUCCESS;
}

static inline void
raise_interrupt(void)
{
	*(volatile uint32_t *)(raise_page + ICR_LOW) =
	    ICR_SELF | ICR_ASSERT | (raise_data & 0xff);
}

#endif
