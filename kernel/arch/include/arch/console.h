/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The serial console, from the first instruction in C. The driver behind it is
 * device/ns16550.c or device/pl011.c, chosen from tables or the command line.
 */
#ifndef ARCH_CONSOLE_H
#define ARCH_CONSOLE_H

#include <arch/types.h>

/* Write one byte, waiting for room. */
extern void arch_console_putc(char c);

/* One byte that has arrived, -1 for none, or ARCH_CONSOLE_BREAK. */
#define ARCH_CONSOLE_BREAK (-2)
extern int arch_console_getc(void);

/*
 * From now on input interrupts; the handler calls console_input_ready()
 * (device/console.c), which drains arch_console_getc().
 */
extern void arch_console_enable_input(void);
extern void console_input_ready(void);

#endif
