/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory that fails on request: malloc() and its like, and chunks of pages. */
#ifndef SHORT_MEMORY_H
#define SHORT_MEMORY_H

/* So many more succeed, then all fail; negative: none does. */
extern int memory_left;

/* Chunks that are mapped. */
extern int chunks_mapped;

#endif
