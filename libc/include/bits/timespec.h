/* SPDX-License-Identifier: BSD-2-Clause */
/* struct timespec, shared by time.h, sys/stat.h, signal.h and others. */
#ifndef BITS_TIMESPEC_H
#define BITS_TIMESPEC_H

#include <bits/types.h>

struct timespec {
	__time_t tv_sec;
	long tv_nsec;
};

#endif
