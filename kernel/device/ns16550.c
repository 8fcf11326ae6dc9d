/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The 16550 UART, polled for output, by interrupt for input.
 */
#include <arch/console.h>

#include <device/ns16550.h>

enum {
	REG_DATA = 0,
	REG_DIVISOR_LOW = 0,
	REG_INTERRUPT = 1,
	REG_DIVISOR_HIGH = 1,
	REG_FIFO = 2,
	REG_LINE = 3,
	REG_MODEM = 4,
	REG_STATUS = 5,
	REG_SCRATCH = 7,
};

#define INTERRUPT_INPUT 0x01
#define FIFO_ON_CLEAR   0x07
#define LINE_8N1        0x03
#define LINE_DIVISOR    0x80
/* DTR, RTS, and OUT2, which on PCs lets the interrupt through. */
#define MODEM_READY  0x0b
#define STATUS_INPUT 0x01
#define STATUS_BREAK 0x10
#define STATUS_ROOM  0x20

/* More polls than the slowest line needs; then the UART is not there. */
#define PATIENCE 1000000U

void
ns16550_init(const struct ns16550 *uart, unsigned divisor)
{
	uart->write(uart, REG_INTERRUPT, 0);
	if (divisor != 0) {
		uart->write(uart, REG_LINE, LINE_DIVISOR | LINE_8N1);
		uart->write(uart, REG_DIVISOR_LOW, (uint8_t)divisor);
		uart->write(uart, REG_DIVISOR_HIGH, (uint8_t)(divisor >> 8));
	}
	uart->write(uart, REG_LINE, LINE_8N1);
	uart->write(uart, REG_FIFO, FIFO_ON_CLEAR);
	uart->write(uart, REG_MODEM, MODEM_READY);
}

bool
ns16550_probe(const struct ns16550 *uart)
{
	uart->write(uart, REG_SCRATCH, 0x5a);
	if (uart->read(uart, REG_SCRATCH) != 0x5a)
		return false;
	uart->write(uart, REG_SCRATCH, 0xa5);
	return uart->read(uart, REG_SCRATCH) == 0xa5;
}

void
ns16550_putc(const struct ns16550 *uart, char c)
{
	unsigned patience = PATIENCE;

	while ((uart->read(uart, REG_STATUS) & STATUS_ROOM) == 0)
		if (--patience == 0)
			return;
	uart->write(uart, REG_DATA, (uint8_t)c);
}

int
ns16550_getc(const struct ns16550 *uart)
{
	uint8_t status = uart->read(uart, REG_STATUS);
	uint8_t data;

	if ((status & STATUS_INPUT) == 0)
		return -1;
	data = uart->read(uart, REG_DATA);
	return status & STATUS_BREAK ? ARCH_CONSOLE_BREAK : data;
}

void
ns16550_enable_input(const struct ns16550 *uart)
{
	uart->write(uart, REG_INTERRUPT, INTERRUPT_INPUT);
}
