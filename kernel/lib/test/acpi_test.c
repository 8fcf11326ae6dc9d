/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ACPI reader on tables made here, good ones and broken ones. "Physical"
 * memory is an array; what lies outside cannot be mapped.
 */
#include <lib/acpi.h>
#include <libtest/test.h>
#include <stdlib.h>

#define RSDP 0x100
#define XSDT 0x200
#define FADT 0x400
#define MADT 0x600
#define MCFG 0x800
#define DSDT 0xa00
#define SPCR 0xc00
#define SIZE 0x1000

static uint8_t memory[SIZE];

static const void *
map(paddr_t pa, size_t size)
{
	return pa < SIZE && size <= SIZE - pa ? memory + pa : NULL;
}

static void
put(paddr_t at, uint64_t value, size_t size)
{
	memcpy(memory + at, &value, size);
}

static void
checksum(paddr_t at, size_t size, paddr_t where)
{
	uint8_t sum = 0;

	memory[where] = 0;
	for (size_t i = 0; i < size; i++)
		sum = (uint8_t)(sum + memory[at + i]);
	memory[where] = (uint8_t)-sum;
}

static void
table(paddr_t at, const char *signature, uint32_t length)
{
	memcpy(memory + at, signature, 4);
	put(at + 4, length, 4);
	checksum(at, length, at + 9);
}

static void
make_madt(void)
{
	put(MADT + 36, 0xfee00000, 4);
	/* A local APIC, an I/O APIC, an override: timer on line 2. */
	put(MADT + 44, 0x0800, 2);
	put(MADT + 52, 0x0c01, 2);
	put(MADT + 56, 0xfec00000, 4);
	put(MADT + 60, 24, 4);
	put(MADT + 64, 0x0a02, 2);
	put(MADT + 68, 2, 4);
	put(MADT + 72, 0x000f, 2);
	table(MADT, "APIC", 74);
}

static void
make_fadt(void)
{
	put(FADT + 40, DSDT, 4);
	put(FADT + 48, 0xb2, 4);
	put(FADT + 52, 2, 1);
	put(FADT + 64, 0x604, 4);
	put(FADT + 76, 0x608, 4);
	put(FADT + 108, 0x32, 1);
	put(FADT + 112, 1U << 10 | 1U << 8, 4);
	put(FADT + 116, ACPI_SPACE_IO, 1);
	put(FADT + 120, 0xcf9, 8);
	put(FADT + 128, 0x0f, 1);
	table(FADT, "FACP", 129);
}

static void
make_tables(void)
{
	static const uint8_t s5[] = {
	    0x08, '_', 'S', '5', '_', 0x12, 0x0a, 4, 0x0a, 5, 0x0a, 7, 0, 0};

	memset(memory, 0, sizeof(memory));
	memcpy(memory + RSDP, "RSD PTR ", 8);
	put(RSDP + 15, 2, 1);
	put(RSDP + 20, 36, 4);
	put(RSDP + 24, XSDT, 8);
	checksum(RSDP, 20, RSDP + 8);
	checksum(RSDP, 36, RSDP + 32);
	put(XSDT + 36, FADT, 8);
	put(XSDT + 44, MADT, 8);
	put(XSDT + 52, MCFG, 8);
	put(XSDT + 60, SPCR, 8);
	put(XSDT + 68, 0xffffffff0000, 8);
	table(XSDT, "XSDT", 76);
	make_madt();
	make_fadt();
	put(MCFG + 44, 0xb0000000, 8);
	put(MCFG + 52, 1, 2);
	put(MCFG + 60, 0xe0000000, 8);
	put(MCFG + 71, 255, 1);
	table(MCFG, "MCFG", 76);
	memcpy(memory + DSDT + 40, s5, sizeof(s5));
	table(DSDT, "DSDT", 40 + sizeof(s5));
	put(SPCR + 36, ACPI_SERIAL_PL011, 1);
	put(SPCR + 44, 0x09000000, 8);
	put(SPCR + 52, 8, 1);
	put(SPCR + 54, 33, 4);
	table(SPCR, "SPCR", 80);
}

static void
test_fixed(void)
{
	struct acpi_fixed fixed;
	uint8_t a = 0, b = 0;

	ok(acpi_fixed(&fixed), "the fixed table");
	is_int(fixed.pm1a_control, 0x604, "PM1a control");
	is_int(fixed.pm1b_control, 0, "no PM1b control");
	is_int(fixed.pm_timer, 0x608, "timer");
	ok(fixed.pm_timer_32bit, "of 32 bits");
	is_int(fixed.smi_command, 0xb2, "SMI command");
	is_int(fixed.century, 0x32, "century register");
	ok(fixed.has_reset && fixed.reset.address == 0xcf9 &&
		fixed.reset_value == 0x0f,
	    "reset register");
	ok(acpi_soft_off(&a, &b), "the S5 package");
	is_int(a, 5, "its first value");
	is_int(b, 7, "its second");
}

static void
test_madt(void)
{
	const struct acpi_madt_entry *entry = acpi_madt_next(NULL);
	const struct acpi_madt_ioapic *ioapic;
	const struct acpi_madt_override *override;

	is_int(acpi_madt_local_apic(), 0xfee00000, "local APIC");
	ok(entry != NULL && entry->type == ACPI_MADT_LOCAL_APIC, "a processor");
	ioapic = (const void *)acpi_madt_next(entry);
	ok(ioapic != NULL && ioapic->address == 0xfec00000 && ioapic->gsi == 24,
	    "an I/O APIC");
	override = (const void *)acpi_madt_next(&ioapic->entry);
	ok(override != NULL && override->source == 0 && override->gsi == 2 &&
		override->flags == 0xf,
	    "an override");
	ok(acpi_madt_next(&override->entry) == NULL, "the end");
}

static void
test_rest(void)
{
	struct acpi_serial serial;
	unsigned start = 9, end = 9;
	paddr_t base = 0;

	ok(acpi_mcfg(0, &base, &start, &end), "PCI segment 0");
	is_int(base, 0xe0000000, "its place");
	is_int(start, 0, "first bus");
	is_int(end, 255, "last bus");
	ok(acpi_mcfg(1, &base, &start, &end) && base == 0xb0000000,
	    "PCI segment 1");
	ok(!acpi_mcfg(2, &base, &start, &end), "no PCI segment 2");
	ok(acpi_serial(&serial) && serial.type == ACPI_SERIAL_PL011 &&
		serial.base.address == 0x09000000 && serial.irq == 33,
	    "the console");
	is_int(acpi_hpet(), 0, "no HPET");
	ok(acpi_find("APIC", 1) == NULL, "no second table");
}

static void
test_broken(void)
{
	make_tables();
	memory[MADT + 50] ^= 1;
	ok(acpi_init(RSDP, map), "one table broken");
	ok(acpi_find("APIC", 0) == NULL, "it does not exist");
	ok(acpi_madt_next(NULL) == NULL, "and has no entries");
	ok(acpi_find("MCFG", 0) != NULL, "the others do");

	make_tables();
	put(MADT + 45, 0, 1);
	table(MADT, "APIC", 74);
	ok(acpi_init(RSDP, map), "an entry of length 0");
	ok(acpi_madt_next(NULL) == NULL, "ends the list");

	make_tables();
	put(MADT + 65, 200, 1);
	table(MADT, "APIC", 74);
	ok(acpi_init(RSDP, map), "an entry longer than the table");
	ok(acpi_madt_next(acpi_madt_next(acpi_madt_next(NULL))) == NULL,
	    "is not shown");

	make_tables();
	table(XSDT, "XSDT", 20);
	ok(!acpi_init(RSDP, map), "a root table shorter than its header");
	make_tables();
	put(XSDT + 4, 0xfffffff0, 4);
	ok(!acpi_init(RSDP, map), "a root table of 4 GiB");
	make_tables();
	memory[RSDP] = 'X';
	ok(!acpi_init(RSDP, map), "no signature");
	ok(!acpi_init(0, map), "no address");
	ok(!acpi_init(SIZE - 8, map), "an address that cannot be mapped");
}

/* Bytes changed at random, checksums right: nothing may be read outside. */
static void
test_random(void)
{
	static const struct {
		paddr_t at;
		uint32_t length;
		const char *name;
	} t[] = {{MADT, 74, "APIC"}, {FADT, 129, "FACP"}, {MCFG, 76, "MCFG"},
	    {DSDT, 54, "DSDT"}, {SPCR, 80, "SPCR"}};

	srand(1);
	for (int round = 0; round < 20000; round++) {
		unsigned i = (unsigned)rand() % 5;
		const struct acpi_madt_entry *entry = NULL;
		struct acpi_fixed fixed;
		struct acpi_serial serial;
		uint8_t a, b;
		unsigned start, end;
		paddr_t base;

		make_tables();
		memory[t[i].at + 36 + (unsigned)rand() % (t[i].length - 36)] =
		    (uint8_t)rand();
		memory[t[i].at + 36 + (unsigned)rand() % (t[i].length - 36)] =
		    (uint8_t)rand();
		table(t[i].at, t[i].name,
		    36 + (unsigned)rand() % (t[i].length - 35));
		if (!acpi_init(RSDP, map))
			continue;
		while ((entry = acpi_madt_next(entry)) != NULL)
			;
		(void)acpi_fixed(&fixed);
		(void)acpi_soft_off(&a, &b);
		(void)acpi_mcfg(0, &base, &start, &end);
		(void)acpi_serial(&serial);
	}
	ok(true, "20000 broken tables survived");
}

int
main(void)
{
	make_tables();
	ok(acpi_init(RSDP, map), "good tables");
	test_fixed();
	test_madt();
	test_rest();
	test_broken();
	test_random();
	return test_done();
}
