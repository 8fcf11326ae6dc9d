/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The time of day.
 */
#ifndef KERN_CALENDAR_H
#define KERN_CALENDAR_H

#include <stdint.h>

struct ipc_port;

/* From the machine's clock chip. */
extern void calendar_init(void);

/* By which programs map what they reckon the time by. */
extern struct ipc_port *calendar_mapped_port(void);

/* Nanoseconds since 1970. */
extern int64_t calendar_time(void);
extern void calendar_set(int64_t now);

#endif
