/* SPDX-License-Identifier: BSD-2-Clause */
/* Random bytes from the system. */
#ifndef SYS_RANDOM_H
#define SYS_RANDOM_H

#include <bits/types.h>

typedef __size_type size_t;
typedef __ssize_t ssize_t;

/* Which bytes and whether to wait for them: all are the same here. */
#define GRND_NONBLOCK 1
#define GRND_RANDOM   2

__BEGIN_DECLS
int getentropy(void *, size_t);
ssize_t getrandom(void *, size_t, unsigned);
__END_DECLS

#endif
