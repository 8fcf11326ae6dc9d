/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory allocation, where older programs look for it. */
#ifndef MALLOC_H
#define MALLOC_H

#include <bits/types.h>
#include <stdlib.h>

__BEGIN_DECLS
void *memalign(size_t, size_t) __attribute__((__malloc__));
__END_DECLS

#endif
