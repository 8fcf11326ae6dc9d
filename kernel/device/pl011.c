/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Driver of the PL011: polled output, input by interrupt from the FIFO (at its
 * threshold, or when it is not empty and the line is quiet).
 */
#include <arch/console.h>

#include <device/pl011.h>
#include <stdint.h>

#define REG_DATA       (0x00 / 4)
#define REG_FLAGS      (0x18 / 4)
#define REG_LINE       (0x2c / 4)
#define REG_CONTROL    (0x30 / 4)
#define REG_INT_MASK   (0x38 / 4)
#define REG_INT_CLEAR  (0x44 / 4)

#define DATA_BREAK     0x400U
#define FLAG_BUSY      0x08U
#define FLAG_RX_EMPTY  0x10U
#define FLAG_TX_FULL   0x20U
#define LINE_8BIT_FIFO 0x70U
#define CONTROL_ON     0x301U /* enable, transmit, receive */
#define INT_RX         0x10U
#define INT_RX_TIMEOUT 0x40U
#define INT_ALL        0x7ffU

static volatile uint32_t *uart;

void
pl011_init(volatile void *registers)
{
	uart = registers;
	while ((uart[REG_FLAGS] & FLAG_BUSY) != 0)
		continue;
	uart[REG_CONTROL] = 0;
	uart[REG_INT_MASK] = 0;
	uart[REG_INT_CLEAR] = INT_ALL;
	uart[REG_LINE] = LINE_8BIT_FIFO;
	uart[REG_CONTROL] = CONTROL_ON;
}

void
pl011_putc(char c)
{
	while ((uart[REG_FLAGS] & FLAG_TX_FULL) != 0)
		continue;
	uart[REG_DATA] = (unsigned char)c;
}

int
pl011_getc(void)
{
	uint32_t data;

	if ((uart[REG_FLAGS] & FLAG_RX_EMPTY) != 0)
		return -1;
	data = uart[REG_DATA];
	return data & DATA_BREAK ? ARCH_CONSOLE_BREAK : (int)(data & 0xff);
}

void
pl011_enable_input(void)
{
	uart[REG_INT_MASK] = INT_RX | INT_RX_TIMEOUT;
}

void
pl011_acknowledge(void)
{
	uart[REG_INT_CLEAR] = INT_RX | INT_RX_TIMEOUT;
}
