/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls to the firmware by HVC or SMC, as the device tree says.
 */
#include "psci.h"

#include <boot/fdt_boot.h>
#include <kern/string.h>

#define CALL(instruction, function)                                          \
	do {                                                                 \
		register uint64_t x0 __asm__("x0") = (function);             \
                                                                             \
		__asm__ volatile(instruction " #0"                           \
				 : "+r"(x0)                                  \
				 :                                           \
				 : "x1", "x2", "x3", "x4", "x5", "x6", "x7", \
				 "x8", "x9", "x10", "x11", "x12", "x13",     \
				 "x14", "x15", "x16", "x17", "memory");      \
	} while (0)

void
psci_call(uint32_t function)
{
	int node = fdt_find_compatible(&boot_fdt, FDT_NONE, "arm,psci-0.2");
	const char *method;

	if (node == FDT_NONE)
		node = fdt_find_compatible(&boot_fdt, FDT_NONE, "arm,psci-1.0");
	if (node == FDT_NONE)
		return;
	method = fdt_string(&boot_fdt, node, "method");
	if (method == NULL)
		return;
	if (strcmp(method, "hvc") == 0)
		CALL("hvc", function);
	else if (strcmp(method, "smc") == 0)
		CALL("smc", function);
}
