/* SPDX-License-Identifier: BSD-2-Clause */
/* Message catalogues. */
#ifndef NL_TYPES_H
#define NL_TYPES_H

#include <bits/features.h>

typedef void *nl_catd;
typedef int nl_item;

#define NL_SETD       1
#define NL_CAT_LOCALE 1

__BEGIN_DECLS
int catclose(nl_catd);
char *catgets(nl_catd, int, int, const char *) __format_arg(4);
nl_catd catopen(const char *, int);
__END_DECLS

#endif
