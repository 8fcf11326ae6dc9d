/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The clocks without a trap: the kernel shows in a page how they follow from
 * the processor's counter. To map it costs as much as some dozen traps, so who
 * asks for the time only now and then does not.
 */
#include "shown_time.h"

#include <mach/clock_types.h>
#include <mach/clock_user.h>
#include <mach/host_user.h>
#include <mach/mach_port_user.h>
#include <mach/vm_map_user.h>

#include <libmach/mach.h>
#include <stdbool.h>

#define PATIENCE 100 /* times that somebody asks before */

const mapped_time_t *__shown_time;

static uint32_t asked;

/* Whoever is first; others at the same time do it in vain. */
static void
publish(vm_address_t address)
{
	const mapped_time_t *none = NULL;

	if (!__atomic_compare_exchange_n(&__shown_time, &none,
		(const mapped_time_t *)address, false, __ATOMIC_RELEASE,
		__ATOMIC_RELAXED))
		(void)syscall_vm_deallocate(
		    mach_task_self(), address, VM_PAGE_SIZE);
}

static void
map_page(mach_port_t clock)
{
	mach_port_t page;
	vm_address_t address = 0;

	if (clock_map_time(clock, &page) != KERN_SUCCESS)
		return;
	if (vm_map(mach_task_self(), &address, VM_PAGE_SIZE, 0, TRUE, page, 0,
		FALSE, VM_PROT_READ, VM_PROT_READ,
		VM_INHERIT_SHARE) == KERN_SUCCESS)
		publish(address);
	(void)mach_port_deallocate(mach_task_self(), page);
}

uint64_t
__ask_time(clock_id_t clock)
{
	uint32_t times = __atomic_load_n(&asked, __ATOMIC_RELAXED);

	if (times <= PATIENCE)
		__atomic_store_n(&asked, times + 1, __ATOMIC_RELAXED);
	if (times == PATIENCE) {
		mach_port_t host = mach_host_self();
		mach_port_t service;

		if (host_get_clock_service(host, SYSTEM_CLOCK, &service) ==
		    KERN_SUCCESS) {
			map_page(service);
			(void)mach_port_deallocate(mach_task_self(), service);
		}
		(void)mach_port_deallocate(mach_task_self(), host);
	}
	return clock_get_ns(clock);
}
