/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of boot/fdt_boot.c: what a machine's tree becomes in bootinfo, which
 * node is the console, and which lines its interrupts are.
 */
#include <arch/irq.h>

#include <boot/bootinfo.h>
#include <boot/fdt_boot.h>
#include <kern/panic.h>
#include <kern/string.h>
#include <stdlib.h>

#include "kernel/boot/test/fdt_build.h"
#include "lib/libtest/test.h"

void
panic(const char *format, ...)
{
	printf("Bail out! panic: %s\n", format);
	exit(1);
}

/* This host's library has none. */
size_t
strlcpy(char *to, const char *from, size_t size)
{
	snprintf(to, size, "%s", from);
	return strlen(from);
}

static void
build_machine(struct builder *b)
{
	begin(b, "");
	CELLS(b, "#address-cells", 2);
	CELLS(b, "#size-cells", 2);
	begin(b, "memory@0");
	text(b, "device_type", "memory");
	CELLS(b, "reg", 0, 0, 0, 0x8000000, 1, 0, 0, 0x1000000);
	end(b);
	begin(b, "memory@9");
	text(b, "device_type", "memory");
	text(b, "status", "disabled");
	CELLS(b, "reg", 9, 0, 0, 0x1000);
	end(b);
	begin(b, "reserved-memory");
	CELLS(b, "#address-cells", 2);
	CELLS(b, "#size-cells", 2);
	property(b, "ranges", "", 0);
	begin(b, "secure@100000");
	CELLS(b, "reg", 0, 0x100800, 0, 0x1000);
	end(b);
	begin(b, "pool");
	CELLS(b, "size", 0, 0x100000);
	end(b);
	end(b);
	begin(b, "chosen");
	text(b, "bootargs", "root=vda");
	text(b, "stdout-path", "/uart@20:115200n8");
	CELLS(b, "linux,initrd-start", 0x400100);
	CELLS(b, "linux,initrd-end", 0, 0x402200);
	end(b);
	begin(b, "uart@10");
	text(b, "compatible", "arm,pl011");
	CELLS(b, "interrupts", 0, 1, 4);
	end(b);
	begin(b, "uart@20");
	text(b, "compatible", "arm,pl011");
	CELLS(b, "interrupts", 0, 5, 1, 1, 11, 4, 2, 0, 0);
	end(b);
	end(b);
}

static enum boot_memory_type
type_at(paddr_t pa)
{
	for (unsigned i = 0; i < bootinfo.memory_count; i++) {
		if (pa >= bootinfo.memory[i].start &&
		    pa < bootinfo.memory[i].end)
			return bootinfo.memory[i].type;
	}
	return BOOT_MEMORY_RESERVED;
}

static void
test_memory(void)
{
	fdt_boot_memory();
	is_int(type_at(0), BOOT_MEMORY_USABLE, "first range");
	is_int(type_at(0x100fff000), BOOT_MEMORY_USABLE, "second range");
	is_int(type_at(0x8000000), BOOT_MEMORY_RESERVED, "between them");
	is_int(type_at(0x900000000), BOOT_MEMORY_RESERVED, "disabled memory");
}

static void
test_chosen(void)
{
	fdt_boot_chosen(0x2000000);
	is_int(type_at(0x2fff), BOOT_MEMORY_RESERVED, "reservation block");
	is_int(type_at(0x3000), BOOT_MEMORY_USABLE, "behind it");
	is_int(type_at(0x100000), BOOT_MEMORY_RESERVED, "reserved, rounded");
	is_int(type_at(0x101fff), BOOT_MEMORY_RESERVED, "at both ends");
	is_int(type_at(0x102000), BOOT_MEMORY_USABLE, "and no further");
	is_int(type_at(0x2000000), BOOT_MEMORY_TABLES, "the tree itself");
	is_int(bootinfo.fdt, 0x2000000, "and where it is");
	is_str(bootinfo.cmdline, "root=vda", "command line");
	is_int(bootinfo.module_count, 1, "an archive");
	is_int(bootinfo.module[0].start, 0x400100, "from one cell");
	is_int(bootinfo.module[0].end, 0x402200, "to two");
	is_int(type_at(0x402fff), BOOT_MEMORY_MODULE, "its last page");
}

static void
test_interrupts(void)
{
	int node = fdt_boot_console("arm,pl011");
	unsigned irq = 0;
	unsigned flags = 0;

	is_str(fdt_name(&boot_fdt, node), "uart@20", "console of /chosen");
	is_int(fdt_boot_console("other"), FDT_NONE, "not another driver's");
	ok(fdt_boot_interrupt(node, 0, &irq, &flags), "shared line");
	is_int(irq, 37, "its number");
	is_int(flags, IRQ_EDGE, "its trigger");
	ok(fdt_boot_interrupt(node, 1, &irq, &flags), "private line");
	is_int(irq, 27, "its number");
	is_int(flags, IRQ_LEVEL, "its trigger");
	ok(!fdt_boot_interrupt(node, 2, &irq, &flags), "neither");
	ok(!fdt_boot_interrupt(node, 3, &irq, &flags), "past the last");
	ok(!fdt_boot_interrupt(FDT_NONE, 0, &irq, &flags), "no node");
}

int
main(void)
{
	static struct builder builder;
	static uint8_t blob[2 * BLOB_MAX];

	build_machine(&builder);
	ok(fdt_open(&boot_fdt, blob, fdt_blob(&builder, blob)), "opens");
	test_memory();
	test_chosen();
	test_interrupts();
	return test_done();
}
