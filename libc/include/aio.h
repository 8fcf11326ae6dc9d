/* SPDX-License-Identifier: BSD-2-Clause */
/* Asynchronous input and output. */
#ifndef AIO_H
#define AIO_H

#include <bits/timespec.h>
#include <bits/types.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>

typedef __off_t off_t;
typedef __size_type size_t;
typedef __ssize_t ssize_t;

struct __aio_list;

struct aiocb {
	int aio_fildes;
	int aio_lio_opcode;
	int aio_reqprio;
	int __error;
	off_t aio_offset;
	volatile void *aio_buf;
	size_t aio_nbytes;
	struct sigevent aio_sigevent;
	ssize_t __result;
	struct aiocb *__next;
	struct __aio_list *__list;
	const struct aiocb *__self; /* itself: has been queued */
	off_t __offset;
	unsigned __port;
};

#define AIO_CANCELED    0
#define AIO_NOTCANCELED 1
#define AIO_ALLDONE     2

#define LIO_READ        0
#define LIO_WRITE       1
#define LIO_NOP         2
#define LIO_WAIT        0
#define LIO_NOWAIT      1

__BEGIN_DECLS
int aio_cancel(int, struct aiocb *);
int aio_error(const struct aiocb *);
int aio_fsync(int, struct aiocb *);
int aio_read(struct aiocb *);
ssize_t aio_return(struct aiocb *);
int aio_suspend(const struct aiocb *const[], int, const struct timespec *);
int aio_write(struct aiocb *);
int lio_listio(int, struct aiocb *__restrict_arg const[__restrict_arg], int,
    struct sigevent *__restrict_arg);
__END_DECLS

#endif
