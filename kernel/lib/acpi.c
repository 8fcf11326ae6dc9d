/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finding ACPI tables: RSDP -> XSDT or RSDT -> tables.
 */
#include <kern/string.h>
#include <lib/acpi.h>

#define TABLE_MAX      64
#define TABLE_SIZE_MAX (16U << 20)

struct rsdp {
	char signature[8];
	uint8_t checksum;
	char oem[6];
	uint8_t revision;
	uint32_t rsdt;
	uint32_t length; /* from revision 2 on, with all that follows */
	uint64_t xsdt;
	uint8_t checksum_all;
	uint8_t reserved[3];
} __attribute__((packed));

#define RSDP_OLD_SIZE 20

static const struct acpi_header *tables[TABLE_MAX];
static unsigned table_count;

static bool
checksum_ok(const void *data, size_t size)
{
	const uint8_t *byte = data;
	uint8_t sum = 0;

	while (size-- > 0)
		sum = (uint8_t)(sum + *byte++);
	return sum == 0;
}

/* The table at `pa`, wholly mapped and checked, or NULL. */
static const struct acpi_header *
map_table(paddr_t pa, acpi_map_fn map)
{
	const struct acpi_header *header;

	if (pa == 0)
		return NULL;
	header = map(pa, sizeof(*header));
	if (header == NULL || header->length < sizeof(*header) ||
	    header->length > TABLE_SIZE_MAX)
		return NULL;
	header = map(pa, header->length);
	if (header == NULL || !checksum_ok(header, header->length))
		return NULL;
	return header;
}

static void
add_table(const struct acpi_header *table)
{
	if (table != NULL && table_count < TABLE_MAX)
		tables[table_count++] = table;
}

/* The tables that a root table of addresses of `width` bytes lists. */
static void
read_root(const struct acpi_header *root, size_t width, acpi_map_fn map)
{
	const char *entry = (const char *)(root + 1);
	size_t count = (root->length - sizeof(*root)) / width;

	for (; count > 0; count--, entry += width) {
		paddr_t pa = 0;

		memcpy(&pa, entry, width);
		add_table(map_table(pa, map));
	}
}

/* The description table hangs off the fixed one, in its old or new field. */
static void
add_dsdt(acpi_map_fn map)
{
	const struct acpi_header *fadt = acpi_find("FACP", 0);
	uint64_t new_address = 0;
	uint32_t old_address = 0;

	if (fadt == NULL || fadt->length < 44)
		return;
	memcpy(&old_address, (const char *)fadt + 40, 4);
	if (fadt->length >= 148)
		memcpy(&new_address, (const char *)fadt + 140, 8);
	add_table(map_table(new_address != 0 ? new_address : old_address, map));
}

bool
acpi_init(paddr_t address, acpi_map_fn map)
{
	const struct acpi_header *root = NULL;
	const struct rsdp *rsdp;

	table_count = 0;
	rsdp = address != 0 ? map(address, RSDP_OLD_SIZE) : NULL;
	if (rsdp == NULL || memcmp(rsdp->signature, "RSD PTR ", 8) != 0 ||
	    !checksum_ok(rsdp, RSDP_OLD_SIZE))
		return false;
	if (rsdp->revision >= 2 && map(address, sizeof(*rsdp)) != NULL &&
	    checksum_ok(rsdp, sizeof(*rsdp)))
		root = map_table(rsdp->xsdt, map);
	if (root != NULL) {
		read_root(root, 8, map);
	} else {
		root = map_table(rsdp->rsdt, map);
		if (root == NULL)
			return false;
		read_root(root, 4, map);
	}
	add_dsdt(map);
	return true;
}

const struct acpi_header *
acpi_find(const char *signature, unsigned index)
{
	for (unsigned i = 0; i < table_count; i++)
		if (memcmp(tables[i]->signature, signature, 4) == 0 &&
		    index-- == 0)
			return tables[i];
	return NULL;
}
