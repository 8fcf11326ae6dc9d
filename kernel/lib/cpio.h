/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading a cpio archive in the "newc" form, in memory.
 */
#ifndef LIB_CPIO_H
#define LIB_CPIO_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Find the regular file `name`. False when it is not there or the archive is
 * damaged before it.
 */
extern bool cpio_find(const void *archive, size_t size, const char *name,
    const void **data, size_t *data_size);

#endif
