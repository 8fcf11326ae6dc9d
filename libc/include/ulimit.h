/* SPDX-License-Identifier: BSD-2-Clause */
/* The limit of a file's size, in blocks of 512 bytes. */
#ifndef ULIMIT_H
#define ULIMIT_H

#include <bits/features.h>

#define UL_GETFSIZE 1
#define UL_SETFSIZE 2

__BEGIN_DECLS
long ulimit(int, ...);
__END_DECLS

#endif
