/* SPDX-License-Identifier: BSD-2-Clause */
/* One message's worth of reading and writing. */
#ifndef INTERNAL_IO_H
#define INTERNAL_IO_H

#include <mach/mach_types.h>

#include <stddef.h>

/*
 * At most IO_DATA_MAX bytes, at an offset or IO_OFFSET_*; *done: how many.
 * Goes on after signals that restart, and for terminals once this may. Points
 * of cancellation. The server's code; what EPIPE does is the caller's affair.
 */
kern_return_t __read_once(
    mach_port_t port, char *to, size_t size, int64_t offset, size_t *done);
kern_return_t __write_once(mach_port_t port, const char *from, size_t size,
    int64_t offset, size_t *done);

#endif
