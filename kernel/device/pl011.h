/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ARM PL011 UART. One of them, the console. The line speed stays what the
 * firmware has set.
 */
#ifndef DEVICE_PL011_H
#define DEVICE_PL011_H

/* `registers` is mapped as device memory. */
extern void pl011_init(volatile void *registers);

/* Waits for room. */
extern void pl011_putc(char c);

/* One byte that has arrived, -1 for none, ARCH_CONSOLE_BREAK. */
extern int pl011_getc(void);

/* Interrupt when bytes have arrived. */
extern void pl011_enable_input(void);
extern void pl011_acknowledge(void);

#endif
