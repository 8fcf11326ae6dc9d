/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The console is the PL011 that /chosen names, or the first one there is.
 * Without one the machine is silent.
 */
#include "console.h"

#include <mach/kern_return.h>

#include <arch/console.h>

#include <boot/fdt_boot.h>
#include <device/irq_port.h>
#include <device/pl011.h>

#include "mmu.h"

#define FIXMAP_CONSOLE 0

static int console_node = FDT_NONE;
static bool present;

void
console_find(void)
{
	struct fdt_range registers;

	console_node = fdt_boot_console("arm,pl011");
	if (console_node == FDT_NONE ||
	    !fdt_reg(&boot_fdt, console_node, 0, &registers))
		return;
	pl011_init(mmu_fixmap_device(FIXMAP_CONSOLE, registers.base));
	present = true;
}

void
arch_console_putc(char c)
{
	if (present)
		pl011_putc(c);
}

int
arch_console_getc(void)
{
	return present ? pl011_getc() : -1;
}

static void
console_interrupt(void *argument)
{
	(void)argument;
	pl011_acknowledge();
	console_input_ready();
}

void
arch_console_enable_input(void)
{
	unsigned line, flags;

	if (!present || !fdt_boot_interrupt(console_node, 0, &line, &flags) ||
	    irq_register(line, flags, console_interrupt, NULL) != KERN_SUCCESS)
		return;
	pl011_enable_input();
}
