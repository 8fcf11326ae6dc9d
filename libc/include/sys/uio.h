/* SPDX-License-Identifier: BSD-2-Clause */
/* Vectors of buffers. */
#ifndef SYS_UIO_H
#define SYS_UIO_H

#include <bits/types.h>

typedef __size_type size_t;
typedef __ssize_t ssize_t;
struct iovec {
	void *iov_base;
	size_t iov_len;
};

__BEGIN_DECLS
ssize_t readv(int, const struct iovec *, int);
ssize_t writev(int, const struct iovec *, int);
__END_DECLS

#endif
