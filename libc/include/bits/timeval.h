/* SPDX-License-Identifier: BSD-2-Clause */
/* struct timeval, shared by sys/time.h, sys/select.h and sys/resource.h. */
#ifndef BITS_TIMEVAL_H
#define BITS_TIMEVAL_H

#include <bits/types.h>

struct timeval {
	__time_t tv_sec;
	__suseconds_t tv_usec;
};

#endif
