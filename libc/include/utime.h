/* SPDX-License-Identifier: BSD-2-Clause */
/* File times, the old way. */
#ifndef UTIME_H
#define UTIME_H

#include <bits/types.h>

typedef __time_t time_t;
struct utimbuf {
	time_t actime;
	time_t modtime;
};

__BEGIN_DECLS
int utime(const char *, const struct utimbuf *);
__END_DECLS

#endif
