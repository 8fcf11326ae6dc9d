/* SPDX-License-Identifier: BSD-2-Clause */
/* Taking path names apart. */
#ifndef LIBGEN_H
#define LIBGEN_H

#include <bits/features.h>

__BEGIN_DECLS
char *basename(char *);
char *dirname(char *);
__END_DECLS

#endif
