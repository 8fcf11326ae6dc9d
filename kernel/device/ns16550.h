/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The 16550 UART and its many descendants, behind two functions that reach
 * its registers (0 to 7), be they ports or memory.
 */
#ifndef DEVICE_NS16550_H
#define DEVICE_NS16550_H

#include <arch/types.h>

struct ns16550 {
	uint8_t (*read)(const struct ns16550 *uart, unsigned reg);
	void (*write)(const struct ns16550 *uart, unsigned reg, uint8_t value);
	uintptr_t base; /* port or address */
	unsigned shift; /* registers are 1 << shift bytes apart */
};

/* 8N1, FIFOs on, interrupts off; divisor 0 keeps the speed as it is. */
extern void ns16550_init(const struct ns16550 *uart, unsigned divisor);

/* Is there one? Tests that the scratch register keeps what is written. */
extern bool ns16550_probe(const struct ns16550 *uart);

extern void ns16550_putc(const struct ns16550 *uart, char c);
/* One byte that has arrived, -1 for none, ARCH_CONSOLE_BREAK. */
extern int ns16550_getc(const struct ns16550 *uart);
extern void ns16550_enable_input(const struct ns16550 *uart);

#endif
