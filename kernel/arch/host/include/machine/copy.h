/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The copies of host tests, host/copy.c, are plain calls.
 */
#ifndef MACHINE_COPY_H
#define MACHINE_COPY_H

#define MACHINE_COPY(function, from, to, size) function(from, to, size)

#endif
