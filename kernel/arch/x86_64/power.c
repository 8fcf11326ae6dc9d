/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Resetting the machine and switching it off.
 */
#include <arch/cpu.h>
#include <machine/io.h>

#include <kern/printf.h>
#include <lib/acpi.h>

#define PM1_SCI_ENABLE   0x0001
#define PM1_SLEEP_ENABLE 0x2000
#define PM1_TYPE_SHIFT   10

#define RESET_PORT       0xcf9
#define RESET_COLD       0x06
#define RESET_PREPARE    0x02
#define KEYBOARD_COMMAND 0x64
#define KEYBOARD_RESET   0xfe

#define PATIENCE         1000000U

/* Long enough for what was started to happen. */
static void
wait_a_little(void)
{
	for (unsigned i = 0; i < PATIENCE; i++)
		cpu_pause();
}

static void
reset_by_acpi(void)
{
	struct acpi_fixed fixed;

	if (!acpi_fixed(&fixed) || !fixed.has_reset ||
	    fixed.reset.space != ACPI_SPACE_IO)
		return;
	outb((uint16_t)fixed.reset.address, fixed.reset_value);
	wait_a_little();
}

/* Without an interrupt table the next trap stops the processor. */
static void
reset_by_triple_fault(void)
{
	const struct {
		uint16_t limit;
		uint64_t base;
	} __attribute__((packed)) nothing = {0, 0};

	__asm__ volatile("lidt %0; int3" : : "m"(nothing));
}

void
machine_reboot(void)
{
	cpu_interrupts_disable();
	reset_by_acpi();
	outb(RESET_PORT, RESET_PREPARE);
	outb(RESET_PORT, RESET_COLD);
	wait_a_little();
	outb(KEYBOARD_COMMAND, KEYBOARD_RESET);
	wait_a_little();
	reset_by_triple_fault();
	cpu_halt();
}

/* The registers of the sleep state belong to the firmware until asked. */
static void
take_over_acpi(const struct acpi_fixed *fixed)
{
	uint16_t control = (uint16_t)fixed->pm1a_control;
	unsigned patience = PATIENCE;

	if (fixed->smi_command == 0 || fixed->acpi_enable == 0 ||
	    (inw(control) & PM1_SCI_ENABLE) != 0)
		return;
	outb((uint16_t)fixed->smi_command, fixed->acpi_enable);
	while ((inw(control) & PM1_SCI_ENABLE) == 0 && --patience > 0)
		cpu_pause();
}

void
machine_poweroff(void)
{
	struct acpi_fixed fixed;
	uint8_t a, b;

	cpu_interrupts_disable();
	if (acpi_fixed(&fixed) && fixed.pm1a_control != 0 &&
	    acpi_soft_off(&a, &b)) {
		take_over_acpi(&fixed);
		outw((uint16_t)fixed.pm1a_control,
		    (uint16_t)(PM1_SLEEP_ENABLE | a << PM1_TYPE_SHIFT));
		if (fixed.pm1b_control != 0)
			outw((uint16_t)fixed.pm1b_control,
			    (uint16_t)(PM1_SLEEP_ENABLE | b << PM1_TYPE_SHIFT));
		wait_a_little();
	}
	printf("It is safe to switch the machine off.\n");
	cpu_halt();
}
