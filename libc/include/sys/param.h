/* SPDX-License-Identifier: BSD-2-Clause */
/* Old names of limits. */
#ifndef SYS_PARAM_H
#define SYS_PARAM_H

#include <endian.h>
#include <limits.h>

#define MAXPATHLEN     PATH_MAX
#define MAXHOSTNAMELEN HOST_NAME_MAX
#define MIN(a, b)      ((a) < (b) ? (a) : (b))
#define MAX(a, b)      ((a) > (b) ? (a) : (b))
#define howmany(n, d)  (((n) + ((d)-1)) / (d))
#define roundup(n, d)  (howmany(n, d) * (d))

#endif
