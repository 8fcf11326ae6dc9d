/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's console: output for printf and for the console device, kept
 * in the klog ring as well; input for the console device.
 */
#ifndef DEVICE_CONSOLE_H
#define DEVICE_CONSOLE_H

#include <stddef.h>
#include <stdint.h>

/* One character of the kernel's own output: console and klog. */
extern void console_putc(char c);

/* User output through the console device; not logged. */
extern void console_write(const char *data, size_t size);

/* From now on input is taken by interrupt. */
extern void console_init(void);

/*
 * Characters of the log from position `from` on (counted since boot; an older
 * position than the ring holds starts at its oldest). Returns how many.
 */
extern size_t klog_read(uint64_t from, char *buffer, size_t size);
extern void klog_putc(char c);

#endif
