/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tab stops, in columns from 0.
 */
#ifndef USERLAND_TABS_H
#define USERLAND_TABS_H

#include <stdbool.h>
#include <stddef.h>

/* N: every N columns (8 if not called); N,M,...: just these. Dies if bad. */
void tabs_set(const char *list);
/* The first stop behind the column; false: behind all there are. */
bool tabs_next(size_t column, size_t *stop);
/* The column behind a byte that is no tab, written at the given one. */
size_t tabs_behind(size_t column, int byte);

#endif
