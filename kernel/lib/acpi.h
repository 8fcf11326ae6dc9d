/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A reader of ACPI tables. Tables come from firmware and may be wrong: every
 * length is checked against the table it lies in, a table whose checksum is
 * bad does not exist. There is no AML interpreter; the one thing taken from
 * AML is the package that says how to switch the machine off.
 */
#ifndef LIB_ACPI_H
#define LIB_ACPI_H

#include <arch/types.h>

/* The beginning of every table. */
struct acpi_header {
	char signature[4];
	uint32_t length; /* with this header */
	uint8_t revision;
	uint8_t checksum;
	char oem[6];
	char oem_table[8];
	uint32_t oem_revision;
	uint32_t creator;
	uint32_t creator_revision;
} __attribute__((packed));

/* Makes [pa, pa + size) readable for good; NULL if that cannot be. */
typedef const void *(*acpi_map_fn)(paddr_t pa, size_t size);

/* Find and check all tables. False: there is no usable root table. */
extern bool acpi_init(paddr_t rsdp, acpi_map_fn map);

/* The index-th table with that signature, or NULL. */
extern const struct acpi_header *acpi_find(
    const char *signature, unsigned index);

/* A register, as tables describe it. */
#define ACPI_SPACE_MEMORY 0
#define ACPI_SPACE_IO     1
struct acpi_register {
	uint8_t space;
	uint8_t bits;
	uint8_t offset;
	uint8_t access;
	uint64_t address;
} __attribute__((packed));

/* What the fixed table (FADT) says, as far as the kernel uses it. */
struct acpi_fixed {
	uint32_t pm1a_control; /* ports; 0: none */
	uint32_t pm1b_control;
	uint32_t pm_timer;
	bool pm_timer_32bit;
	uint32_t smi_command;
	uint8_t acpi_enable;
	uint8_t century; /* CMOS register, 0: none */
	bool has_reset;
	struct acpi_register reset;
	uint8_t reset_value;
};
extern bool acpi_fixed(struct acpi_fixed *fixed);

/* The values of sleep state S5, soft off, for the PM1 control registers. */
extern bool acpi_soft_off(uint8_t *type_a, uint8_t *type_b);

/* PCI configuration space of a segment, by bus. */
extern bool acpi_mcfg(
    unsigned segment, paddr_t *base, unsigned *bus_start, unsigned *bus_end);

/* The HPET's registers; 0: none. */
extern paddr_t acpi_hpet(void);

/* The console that firmware uses. */
#define ACPI_SERIAL_16550 0
#define ACPI_SERIAL_PL011 3
struct acpi_serial {
	uint8_t type;
	struct acpi_register base;
	uint32_t irq;
};
extern bool acpi_serial(struct acpi_serial *serial);

/* Entries of the MADT, in order: NULL gives the first, NULL is the end. */
#define ACPI_MADT_LOCAL_APIC   0
#define ACPI_MADT_IOAPIC       1
#define ACPI_MADT_OVERRIDE     2
#define ACPI_MADT_LOCAL_X2APIC 9
#define ACPI_MADT_GICC         11
#define ACPI_MADT_GICD         12
#define ACPI_MADT_GICR         14
struct acpi_madt_entry {
	uint8_t type;
	uint8_t length;
} __attribute__((packed));
struct acpi_madt_ioapic {
	struct acpi_madt_entry entry;
	uint8_t id;
	uint8_t reserved;
	uint32_t address;
	uint32_t gsi;
} __attribute__((packed));
struct acpi_madt_override {
	struct acpi_madt_entry entry;
	uint8_t bus;
	uint8_t source;
	uint32_t gsi;
	uint16_t flags; /* polarity in bits 0-1, trigger in bits 2-3 */
} __attribute__((packed));
extern const struct acpi_madt_entry *acpi_madt_next(
    const struct acpi_madt_entry *previous);
extern paddr_t acpi_madt_local_apic(void);

#endif
