/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host's time and name.
 */
#ifndef KERN_HOST_H
#define KERN_HOST_H

#include <stdint.h>

#define KERNEL_VERSION "Mach_R 0.1"

/* Nanoseconds since 1970. */
extern int64_t host_time(void);

#endif
