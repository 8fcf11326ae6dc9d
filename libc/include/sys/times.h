/* SPDX-License-Identifier: BSD-2-Clause */
/* Process times. */
#ifndef SYS_TIMES_H
#define SYS_TIMES_H

#include <bits/types.h>

typedef __clock_t clock_t;
struct tms {
	clock_t tms_utime;
	clock_t tms_stime;
	clock_t tms_cutime;
	clock_t tms_cstime;
};

__BEGIN_DECLS
clock_t times(struct tms *);
__END_DECLS

#endif
