/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The serial console of a PC (console.c).
 */
#ifndef MACHINE_CONSOLE_H
#define MACHINE_CONSOLE_H

/* COM1, before anything is known. */
extern void console_early_init(void);

/*
 * The port that the command line names: console=com1 to com4, or its first
 * port (console=0x3f8); console=none for no output.
 */
extern void console_choose(void);

/* Else the one that the firmware uses, once its tables are known. */
extern void console_ask_firmware(void);

#endif
