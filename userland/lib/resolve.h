/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where paths lead.
 */
#ifndef USERLAND_RESOLVE_H
#define USERLAND_RESOLVE_H

#include <stdbool.h>

/*
 * The path from the root, without links and dots, malloc'ed; null with errno.
 * Its last component need not exist, unless `exists` says so.
 */
char *resolve(const char *path, bool exists);

#endif
