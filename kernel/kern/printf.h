/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formatted output: %c %s %d %i %u %x %X %p %%, flags - 0 and width, precision
 * for strings, l ll z j; no floating point.
 */
#ifndef KERN_PRINTF_H
#define KERN_PRINTF_H

#include <stdarg.h>
#include <stddef.h>

extern int printf(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
extern int vprintf(const char *format, va_list args)
    __attribute__((format(printf, 1, 0)));
extern int snprintf(char *buffer, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
extern int vsnprintf(char *buffer, size_t size, const char *format,
    va_list args) __attribute__((format(printf, 3, 0)));

#endif
