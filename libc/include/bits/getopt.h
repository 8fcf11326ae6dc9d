/* SPDX-License-Identifier: BSD-2-Clause */
/* getopt(), which unistd.h and getopt.h both declare. */
#ifndef BITS_GETOPT_H
#define BITS_GETOPT_H

#include <bits/features.h>

__BEGIN_DECLS
extern char *optarg;
extern int opterr;
extern int optind;
extern int optopt;
int getopt(int, char *const[], const char *);
__END_DECLS

#endif
