/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The time of day.
 */
#ifndef KERN_CALENDAR_H
#define KERN_CALENDAR_H

#include <stdint.h>

/* From the machine's clock chip. */
extern void calendar_init(void);

/* Nanoseconds since 1970. */
extern int64_t calendar_time(void);
extern void calendar_set(int64_t now);

#endif
