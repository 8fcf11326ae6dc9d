/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory on the caller's stack. */
#ifndef ALLOCA_H
#define ALLOCA_H

#define alloca(size) __builtin_alloca(size)

#endif
