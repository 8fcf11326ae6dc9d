/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupt lines. Line n has vector VECTOR_IRQ + n. The lines of the I/O
 * APICs come first; the rest are handed out for message-signalled interrupts,
 * which are masked at the device and not here.
 */
#include <mach/kern_return.h>

#include <arch/irq.h>
#include <arch/timer.h>
#include <machine/intr.h>
#include <machine/io.h>
#include <machine/regs.h>

#include <lib/acpi.h>

#define LINE_COUNT     (VECTOR_IRQ_END - VECTOR_IRQ)
#define ISA_COUNT      16U
#define DEFAULT_IOAPIC 0xfec00000U

/* Message-signalled interrupts: where, and to which processor. */
#define MSI_ADDRESS    0xfee00000U
#define MSI_APIC_SHIFT 12

#define PIC1_DATA      0x21
#define PIC2_DATA      0xa1

/* How ISA interrupts are wired when that is not one to one. */
struct isa_line {
	unsigned gsi;
	unsigned flags;
};

static struct isa_line isa_lines[ISA_COUNT];
static unsigned line_count; /* of the I/O APICs */
static bool msi_used[LINE_COUNT];

static void
read_override(const struct acpi_madt_override *override)
{
	struct isa_line *line;

	if (override->source >= ISA_COUNT)
		return;
	line = &isa_lines[override->source];
	line->gsi = override->gsi;
	line->flags = IRQ_EDGE;
	if ((override->flags >> 2 & 3) == 3)
		line->flags = IRQ_LEVEL;
	if ((override->flags & 3) == 3)
		line->flags |= IRQ_LOW;
}

static void
read_madt(void)
{
	const struct acpi_madt_entry *entry = NULL;

	while ((entry = acpi_madt_next(entry)) != NULL) {
		const struct acpi_madt_ioapic *ioapic = (const void *)entry;

		if (entry->type == ACPI_MADT_IOAPIC)
			ioapic_add(ioapic->address, ioapic->gsi);
		else if (entry->type == ACPI_MADT_OVERRIDE)
			read_override((const void *)entry);
	}
}

/* What a PC without tables has: the timer on line 2, the rest in order. */
static void
assume_pc(void)
{
	ioapic_add(DEFAULT_IOAPIC, 0);
	isa_lines[0].gsi = 2;
}

void
irq_init(void)
{
	paddr_t base = acpi_madt_local_apic();

	outb(PIC1_DATA, 0xff);
	outb(PIC2_DATA, 0xff);
	apic_init(base != 0 ? base : APIC_DEFAULT_BASE);
	for (unsigned i = 0; i < ISA_COUNT; i++)
		isa_lines[i] = (struct isa_line){i, IRQ_EDGE};
	read_madt();
	if (ioapic_line_count() == 0)
		assume_pc();
	line_count = ioapic_line_count();
	if (line_count > LINE_COUNT)
		line_count = LINE_COUNT;
}

unsigned
irq_of_isa(unsigned isa, unsigned *flags)
{
	*flags = isa_lines[isa].flags;
	return isa_lines[isa].gsi;
}

unsigned
irq_count(void)
{
	return LINE_COUNT;
}

/* What a line is when nobody says: ISA as wired, PCI level and low. */
static unsigned
default_flags(unsigned irq)
{
	for (unsigned i = 0; i < ISA_COUNT; i++)
		if (isa_lines[i].gsi == irq)
			return isa_lines[i].flags;
	return IRQ_LEVEL | IRQ_LOW;
}

kern_return_t
irq_setup(unsigned irq, unsigned flags)
{
	if (irq >= LINE_COUNT)
		return KERN_INVALID_ARGUMENT;
	if (irq >= line_count)
		return msi_used[irq] ? KERN_SUCCESS : KERN_INVALID_ARGUMENT;
	if ((flags & (IRQ_LEVEL | IRQ_EDGE)) == 0)
		flags = default_flags(irq);
	if (!ioapic_route(irq, (uint8_t)(VECTOR_IRQ + irq),
		(flags & IRQ_LEVEL) != 0, (flags & IRQ_LOW) != 0, apic_id()))
		return KERN_INVALID_ARGUMENT;
	return KERN_SUCCESS;
}

void
irq_mask(unsigned irq)
{
	if (irq < line_count)
		ioapic_set_mask(irq, true);
}

void
irq_unmask(unsigned irq)
{
	if (irq < line_count)
		ioapic_set_mask(irq, false);
}

kern_return_t
irq_alloc_msi(unsigned *irq, uint64_t *address, uint32_t *data)
{
	for (unsigned i = line_count; i < LINE_COUNT; i++) {
		if (msi_used[i])
			continue;
		msi_used[i] = true;
		*irq = i;
		*address = MSI_ADDRESS | apic_id() << MSI_APIC_SHIFT;
		*data = VECTOR_IRQ + i;
		return KERN_SUCCESS;
	}
	return KERN_RESOURCE_SHORTAGE;
}

void
irq_free_msi(unsigned irq)
{
	if (irq >= line_count && irq < LINE_COUNT)
		msi_used[irq] = false;
}

void
irq_vector(unsigned vector)
{
	if (vector == VECTOR_SPURIOUS)
		return;
	if (vector == VECTOR_TIMER)
		timer_interrupt();
	else if (vector < VECTOR_IRQ_END)
		irq_deliver(vector - VECTOR_IRQ);
	apic_end_of_interrupt();
}
