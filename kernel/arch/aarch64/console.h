/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The console beside arch/console.h.
 */
#ifndef AARCH64_CONSOLE_H
#define AARCH64_CONSOLE_H

/* Find and start it, by the device tree; before anything is printed. */
extern void console_find(void);

#endif
