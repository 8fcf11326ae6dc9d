/* SPDX-License-Identifier: BSD-2-Clause */
/* Matching of file names with shell patterns. */
#ifndef FNMATCH_H
#define FNMATCH_H

#include <bits/features.h>

#define FNM_NOMATCH  1
#define FNM_PATHNAME 0x01
#define FNM_NOESCAPE 0x02
#define FNM_PERIOD   0x04
#if __MACHR_VISIBLE
#define FNM_LEADING_DIR 0x08
#define FNM_CASEFOLD    0x10
#endif

__BEGIN_DECLS
int fnmatch(const char *, const char *, int);
__END_DECLS

#endif
