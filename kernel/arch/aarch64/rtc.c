/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The time of day at boot, from a PL031 clock.
 */
#include <arch/timer.h>
#include <arch/types.h>

#include <boot/fdt_boot.h>
#include <vm/vm_kernel.h>

#define PL031_DATA 0 /* seconds since 1970 */

uint64_t
clock_boot_epoch(void)
{
	static uint64_t epoch;
	struct fdt_range registers;
	const volatile uint32_t *pl031;
	int node;

	if (epoch != 0)
		return epoch;
	node = fdt_find_compatible(&boot_fdt, FDT_NONE, "arm,pl031");
	if (node == FDT_NONE || !fdt_reg(&boot_fdt, node, 0, &registers))
		return 0;
	pl031 = vm_kmem_map_device(registers.base, VM_PAGE_SIZE);
	if (pl031 == NULL)
		return 0;
	epoch = pl031[PL031_DATA] - clock_uptime_ns() / 1000000000;
	return epoch;
}
