/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Load averages. Nothing ticks: the scheduler takes a sample when it switches
 * threads and the last one is old enough.
 */
#ifndef KERN_LOAD_H
#define KERN_LOAD_H

#include <mach/mach_types.h>

#include <stdbool.h>

/* The uptime from which on a sample is wanted. */
extern uint64_t load_due;

/* `busy`: up to now the processor was. */
extern void load_sample(uint64_t now, bool busy);

extern void load_get(host_load_info_data_t *info);

#endif
