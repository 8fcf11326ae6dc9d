/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The serial console of a PC: a 16550 at COM1 or where the command line says.
 */
#include <mach/kern_return.h>

#include <arch/console.h>
#include <machine/console.h>
#include <machine/intr.h>
#include <machine/io.h>

#include <boot/bootinfo.h>
#include <device/irq_port.h>
#include <device/ns16550.h>
#include <kern/printf.h>
#include <kern/string.h>
#include <lib/acpi.h>

#define COM_COUNT    4
#define SPEED_115200 1

static const struct com {
	uint16_t port;
	uint8_t irq;
} coms[COM_COUNT] = {{0x3f8, 4}, {0x2f8, 3}, {0x3e8, 4}, {0x2e8, 3}};

static uint8_t
read_port(const struct ns16550 *uart, unsigned reg)
{
	return inb((uint16_t)(uart->base + reg));
}

static void
write_port(const struct ns16550 *uart, unsigned reg, uint8_t value)
{
	outb((uint16_t)(uart->base + reg), value);
}

static struct ns16550 uart = {
    .read = read_port,
    .write = write_port,
};
static bool present;
static bool chosen; /* by the command line */
static uint8_t uart_irq;

static void
use(const struct com *com)
{
	uart.base = com->port;
	uart_irq = com->irq;
	present = ns16550_probe(&uart);
	if (present)
		ns16550_init(&uart, SPEED_115200);
}

void
console_early_init(void)
{
	use(&coms[0]);
}

static unsigned
hex_value(const char *s)
{
	unsigned value = 0;

	for (; *s != '\0'; s++) {
		const char *digits = "0123456789abcdef";
		const char *digit = strchr(digits, *s);

		if (digit == NULL)
			return 0;
		value = value * 16 + (unsigned)(digit - digits);
	}
	return value;
}

/* By its first port or its name; NULL: no such one. */
static const struct com *
find_com(const char *name)
{
	unsigned port = strncmp(name, "0x", 2) == 0 ? hex_value(name + 2) : 0;

	for (unsigned i = 0; i < COM_COUNT; i++) {
		if (port == coms[i].port)
			return &coms[i];
		if (strncmp(name, "com", 3) == 0 &&
		    name[3] == (char)('1' + i) && name[4] == '\0')
			return &coms[i];
	}
	return NULL;
}

void
console_choose(void)
{
	const struct com *com;
	char name[16];

	if (!boot_option("console", name, sizeof(name)))
		return;
	chosen = true;
	if (strcmp(name, "none") == 0) {
		present = false;
		return;
	}
	com = find_com(name);
	if (com == NULL)
		printf("console: no port %s\n", name);
	else if (com->port != uart.base)
		use(com);
}

void
console_ask_firmware(void)
{
	struct acpi_serial serial;

	if (chosen || !acpi_serial(&serial) ||
	    serial.base.space != ACPI_SPACE_IO)
		return;
	for (unsigned i = 0; i < COM_COUNT; i++)
		if (serial.base.address == coms[i].port &&
		    serial.base.address != uart.base)
			use(&coms[i]);
}

void
arch_console_putc(char c)
{
	if (present)
		ns16550_putc(&uart, c);
}

int
arch_console_getc(void)
{
	return present ? ns16550_getc(&uart) : -1;
}

static void
input_interrupt(void *argument)
{
	(void)argument;
	console_input_ready();
}

void
arch_console_enable_input(void)
{
	unsigned flags, irq;

	if (!present)
		return;
	irq = irq_of_isa(uart_irq, &flags);
	if (irq_register(irq, flags, input_interrupt, NULL) != KERN_SUCCESS) {
		printf("console: line %u is taken, no input\n", irq);
		return;
	}
	ns16550_enable_input(&uart);
}
