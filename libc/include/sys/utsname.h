/* SPDX-License-Identifier: BSD-2-Clause */
/* The name of the system. */
#ifndef SYS_UTSNAME_H
#define SYS_UTSNAME_H

#include <bits/features.h>

struct utsname {
	char sysname[65];
	char nodename[65];
	char release[65];
	char version[65];
	char machine[65];
};

__BEGIN_DECLS
int uname(struct utsname *);
__END_DECLS

#endif
