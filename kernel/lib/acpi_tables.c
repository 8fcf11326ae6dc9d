/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What single ACPI tables say. A field that the table is too short for counts
 * as zero.
 */
#include <kern/string.h>
#include <lib/acpi.h>

/* Fields by their offset in the fixed table. */
enum {
	FADT_SMI_COMMAND = 48,
	FADT_ACPI_ENABLE = 52,
	FADT_PM1A_CONTROL = 64,
	FADT_PM1B_CONTROL = 68,
	FADT_PM_TIMER = 76,
	FADT_CENTURY = 108,
	FADT_FLAGS = 112,
	FADT_RESET = 116,
	FADT_RESET_VALUE = 128,
};

#define FADT_FLAG_TIMER_32BIT (1U << 8)
#define FADT_FLAG_RESET       (1U << 10)

static void
get(const struct acpi_header *table, size_t offset, void *to, size_t size)
{
	memset(to, 0, size);
	if (offset + size <= table->length)
		memcpy(to, (const char *)table + offset, size);
}

static uint32_t
get32(const struct acpi_header *table, size_t offset)
{
	uint32_t value;

	get(table, offset, &value, sizeof(value));
	return value;
}

static uint8_t
get8(const struct acpi_header *table, size_t offset)
{
	uint8_t value;

	get(table, offset, &value, sizeof(value));
	return value;
}

bool
acpi_fixed(struct acpi_fixed *fixed)
{
	const struct acpi_header *table = acpi_find("FACP", 0);
	uint32_t flags;

	if (table == NULL)
		return false;
	flags = get32(table, FADT_FLAGS);
	fixed->pm1a_control = get32(table, FADT_PM1A_CONTROL);
	fixed->pm1b_control = get32(table, FADT_PM1B_CONTROL);
	fixed->pm_timer = get32(table, FADT_PM_TIMER);
	fixed->pm_timer_32bit = (flags & FADT_FLAG_TIMER_32BIT) != 0;
	fixed->smi_command = get32(table, FADT_SMI_COMMAND);
	fixed->acpi_enable = get8(table, FADT_ACPI_ENABLE);
	fixed->century = get8(table, FADT_CENTURY);
	get(table, FADT_RESET, &fixed->reset, sizeof(fixed->reset));
	fixed->reset_value = get8(table, FADT_RESET_VALUE);
	fixed->has_reset =
	    (flags & FADT_FLAG_RESET) != 0 && fixed->reset.address != 0;
	return true;
}

/* A small integer in AML; the byte after it, or NULL. */
static const uint8_t *
aml_integer(const uint8_t *s, const uint8_t *end, uint8_t *value)
{
	if (s < end && (*s == 0x00 || *s == 0x01)) {
		*value = *s;
		return s + 1;
	}
	if (end - s >= 2 && *s == 0x0a) {
		*value = s[1];
		return s + 2;
	}
	return NULL;
}

/*
 * Name (_S5, Package {a, b, ...}): the name, 0x12, the package's length in
 * one to four bytes, the number of elements, the elements.
 */
static bool
aml_sleep_package(const uint8_t *s, const uint8_t *end, uint8_t *a, uint8_t *b)
{
	if (end - s < 3 || s[0] != 0x12)
		return false;
	s += 2 + (s[1] >> 6);
	if (s >= end || *s < 2)
		return false;
	s = aml_integer(s + 1, end, a);
	return s != NULL && aml_integer(s, end, b) != NULL;
}

static bool
find_soft_off(const struct acpi_header *table, uint8_t *a, uint8_t *b)
{
	const uint8_t *s = (const uint8_t *)(table + 1);
	const uint8_t *end = (const uint8_t *)table + table->length;

	for (; end - s >= 4; s++)
		if (memcmp(s, "_S5_", 4) == 0 &&
		    aml_sleep_package(s + 4, end, a, b))
			return true;
	return false;
}

bool
acpi_soft_off(uint8_t *type_a, uint8_t *type_b)
{
	const struct acpi_header *table = acpi_find("DSDT", 0);

	if (table != NULL && find_soft_off(table, type_a, type_b))
		return true;
	for (unsigned i = 0; (table = acpi_find("SSDT", i)) != NULL; i++)
		if (find_soft_off(table, type_a, type_b))
			return true;
	return false;
}

struct mcfg_entry {
	uint64_t base;
	uint16_t segment;
	uint8_t bus_start;
	uint8_t bus_end;
	uint32_t reserved;
} __attribute__((packed));

#define MCFG_ENTRIES 44

bool
acpi_mcfg(
    unsigned segment, paddr_t *base, unsigned *bus_start, unsigned *bus_end)
{
	const struct acpi_header *table = acpi_find("MCFG", 0);
	size_t offset = MCFG_ENTRIES;

	if (table == NULL)
		return false;
	for (; offset + sizeof(struct mcfg_entry) <= table->length;
	     offset += sizeof(struct mcfg_entry)) {
		struct mcfg_entry entry;

		get(table, offset, &entry, sizeof(entry));
		if (entry.segment != segment)
			continue;
		*base = entry.base;
		*bus_start = entry.bus_start;
		*bus_end = entry.bus_end;
		return true;
	}
	return false;
}

#define HPET_BASE 40

paddr_t
acpi_hpet(void)
{
	const struct acpi_header *table = acpi_find("HPET", 0);
	struct acpi_register base;

	if (table == NULL)
		return 0;
	get(table, HPET_BASE, &base, sizeof(base));
	return base.space == ACPI_SPACE_MEMORY ? base.address : 0;
}

#define SPCR_TYPE    36
#define SPCR_BASE    40
#define SPCR_PC_IRQ  53
#define SPCR_HAS_IRQ 52
#define SPCR_GSI     54

bool
acpi_serial(struct acpi_serial *serial)
{
	const struct acpi_header *table = acpi_find("SPCR", 0);

	if (table == NULL)
		return false;
	serial->type = get8(table, SPCR_TYPE);
	get(table, SPCR_BASE, &serial->base, sizeof(serial->base));
	serial->irq = (get8(table, SPCR_HAS_IRQ) & 1) != 0
			  ? get8(table, SPCR_PC_IRQ)
			  : get32(table, SPCR_GSI);
	return serial->base.address != 0;
}

#define MADT_LOCAL_APIC 36
#define MADT_ENTRIES    44

/* The least that an entry of a type the kernel reads must hold. */
static size_t
madt_size(uint8_t type)
{
	switch (type) {
	case ACPI_MADT_IOAPIC:
		return sizeof(struct acpi_madt_ioapic);
	case ACPI_MADT_OVERRIDE:
		return sizeof(struct acpi_madt_override);
	default:
		return sizeof(struct acpi_madt_entry);
	}
}

const struct acpi_madt_entry *
acpi_madt_next(const struct acpi_madt_entry *previous)
{
	const struct acpi_header *table = acpi_find("APIC", 0);
	const char *s = (const char *)previous;
	const char *end;

	if (table == NULL)
		return NULL;
	end = (const char *)table + table->length;
	s = s == NULL ? (const char *)table + MADT_ENTRIES
		      : s + previous->length;
	while (end - s >= (ptrdiff_t)sizeof(struct acpi_madt_entry)) {
		const struct acpi_madt_entry *entry = (const void *)s;

		if (entry->length < sizeof(*entry) || entry->length > end - s)
			return NULL;
		if (entry->length >= madt_size(entry->type))
			return entry;
		s += entry->length;
	}
	return NULL;
}

paddr_t
acpi_madt_local_apic(void)
{
	const struct acpi_header *table = acpi_find("APIC", 0);

	return table != NULL ? get32(table, MADT_LOCAL_APIC) : 0;
}
