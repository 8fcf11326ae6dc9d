/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory. A user's address is looked up in a task's page tables and read
 * through the direct map: what is not resident stays so. Any other address is
 * just read.
 */
#include <arch/vm_param.h>

#include <ddb/ddb.h>
#include <kern/printf.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>

#define LINE_BYTES 16U
#define STRING_MAX 256U

static const volatile void *
where(const struct task *task, uint64_t address)
{
	paddr_t pa;

	if (address >= VM_MAX_ADDRESS)
		return (const volatile void *)address;
	pa = task->map != NULL ? pmap_extract(task->map->pmap, address) : 0;
	if (pa == 0)
		ddb_error("%lx: not mapped in %s", address, task->name);
	return phys_to_virt(pa);
}

static uint64_t
load(const struct task *task, uint64_t address, unsigned size)
{
	const volatile void *p = where(task, address);

	switch (size) {
	case 1:
		return *(const volatile uint8_t *)p;
	case 2:
		return *(const volatile uint16_t *)p;
	case 4:
		return *(const volatile uint32_t *)p;
	default:
		return *(const volatile uint64_t *)p;
	}
}

static void
print_character(uint64_t c)
{
	printf("%c", c >= ' ' && c <= '~' ? (int)c : '.');
}

static void
print_value(const struct ddb_format *format, uint64_t value)
{
	unsigned unused = 64 - 8 * format->size;

	switch (format->letter) {
	case 'c':
		print_character(value & 0xff);
		break;
	case 'd':
		printf(" %ld", (int64_t)(value << unused) >> unused);
		break;
	case 'u':
		printf(" %lu", value);
		break;
	default:
		printf(" %0*lx", (int)format->size * 2, value);
		break;
	}
}

static void
print_string(const struct task *task, uint64_t address)
{
	uint64_t c;

	for (unsigned i = 0; i < STRING_MAX; i++) {
		c = load(task, address++, 1);
		if (c == '\0')
			break;
		print_character(c);
	}
	printf("\n");
}

void
ddb_x(const struct ddb_args *args)
{
	uint64_t address = ddb_address(args, 0);
	struct task *task =
	    args->count > 1 ? ddb_task(args, 1) : current_task();
	struct ddb_format format;

	if (!ddb_parse_format(args->format, &format))
		ddb_error("format is [n][xducs][bhwg]");
	if (address % format.size != 0)
		ddb_error("not a multiple of %u", format.size);
	if (format.letter == 's') {
		print_string(task, address);
		return;
	}
	for (uint64_t done = 0; done < format.count; done++) {
		if (done * format.size % LINE_BYTES == 0) {
			ddb_poll();
			printf("%s%016lx:", done == 0 ? "" : "\n", address);
		}
		print_value(&format, load(task, address, format.size));
		address += format.size;
	}
	printf("\n");
}
