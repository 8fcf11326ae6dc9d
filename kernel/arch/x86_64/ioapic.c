/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * I/O APICs: external interrupt lines, numbered through all controllers (the
 * "global system interrupts" of ACPI).
 */
#include <machine/intr.h>

#include <kern/panic.h>
#include <kern/printf.h>
#include <vm/vm_kernel.h>

#define IOAPIC_MAX       8
#define IOAPIC_SIZE      0x20
#define REG_VERSION      0x01
#define REG_ROUTE(line)  (0x10 + 2 * (line))
#define ROUTE_LOW        (1U << 13)
#define ROUTE_LEVEL      (1U << 15)
#define ROUTE_MASKED     (1U << 16)
#define ROUTE_APIC_SHIFT 24

struct ioapic {
	volatile uint32_t *registers; /* select, and 16 bytes on the window */
	unsigned first;
	unsigned count;
};

static struct ioapic ioapics[IOAPIC_MAX];
static unsigned ioapic_count;

static uint32_t
read_ioapic(const struct ioapic *ioapic, unsigned reg)
{
	ioapic->registers[0] = reg;
	return ioapic->registers[4];
}

static void
write_ioapic(const struct ioapic *ioapic, unsigned reg, uint32_t value)
{
	ioapic->registers[0] = reg;
	ioapic->registers[4] = value;
}

void
ioapic_add(paddr_t base, unsigned gsi)
{
	struct ioapic *ioapic = &ioapics[ioapic_count];

	if (ioapic_count == IOAPIC_MAX) {
		printf("irq: more than %d I/O APICs\n", IOAPIC_MAX);
		return;
	}
	ioapic->registers = vm_kmem_map_device(base, IOAPIC_SIZE);
	if (ioapic->registers == NULL)
		panic("no memory to map an I/O APIC");
	ioapic->first = gsi;
	ioapic->count = (read_ioapic(ioapic, REG_VERSION) >> 16 & 0xff) + 1;
	for (unsigned i = 0; i < ioapic->count; i++)
		write_ioapic(ioapic, REG_ROUTE(i), ROUTE_MASKED);
	ioapic_count++;
}

unsigned
ioapic_line_count(void)
{
	unsigned end = 0;

	for (unsigned i = 0; i < ioapic_count; i++)
		if (ioapics[i].first + ioapics[i].count > end)
			end = ioapics[i].first + ioapics[i].count;
	return end;
}

static const struct ioapic *
ioapic_of(unsigned gsi)
{
	for (unsigned i = 0; i < ioapic_count; i++)
		if (gsi >= ioapics[i].first &&
		    gsi - ioapics[i].first < ioapics[i].count)
			return &ioapics[i];
	return NULL;
}

bool
ioapic_route(unsigned gsi, uint8_t vector, bool level, bool low, uint32_t apic)
{
	const struct ioapic *ioapic = ioapic_of(gsi);
	unsigned reg;

	if (ioapic == NULL)
		return false;
	reg = REG_ROUTE(gsi - ioapic->first);
	write_ioapic(ioapic, reg,
	    ROUTE_MASKED | vector | (level ? ROUTE_LEVEL : 0) |
		(low ? ROUTE_LOW : 0));
	write_ioapic(ioapic, reg + 1, apic << ROUTE_APIC_SHIFT);
	return true;
}

void
ioapic_set_mask(unsigned gsi, bool masked)
{
	const struct ioapic *ioapic = ioapic_of(gsi);
	unsigned reg;
	uint32_t route;

	if (ioapic == NULL)
		return;
	reg = REG_ROUTE(gsi - ioapic->first);
	route = read_ioapic(ioapic, reg) & ~ROUTE_MASKED;
	write_ioapic(ioapic, reg, route | (masked ? ROUTE_MASKED : 0));
}
