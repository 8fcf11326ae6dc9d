/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory mapping. */
#ifndef SYS_MMAN_H
#define SYS_MMAN_H

#include <bits/types.h>

typedef __mode_t mode_t;
typedef __off_t off_t;
typedef __size_type size_t;

#define PROT_NONE   0
#define PROT_READ   1
#define PROT_WRITE  2
#define PROT_EXEC   4

#define MAP_SHARED  0x01
#define MAP_PRIVATE 0x02
#define MAP_FIXED   0x10
#if __MACHR_VISIBLE
#define MAP_ANONYMOUS 0x20
#define MAP_ANON      MAP_ANONYMOUS
#endif
#define MAP_FAILED            ((void *)-1)

#define MS_ASYNC              1
#define MS_INVALIDATE         2
#define MS_SYNC               4

#define MCL_CURRENT           1
#define MCL_FUTURE            2

#define POSIX_MADV_NORMAL     0
#define POSIX_MADV_RANDOM     1
#define POSIX_MADV_SEQUENTIAL 2
#define POSIX_MADV_WILLNEED   3
#define POSIX_MADV_DONTNEED   4
#if __MACHR_VISIBLE
#define MADV_NORMAL     POSIX_MADV_NORMAL
#define MADV_RANDOM     POSIX_MADV_RANDOM
#define MADV_SEQUENTIAL POSIX_MADV_SEQUENTIAL
#define MADV_WILLNEED   POSIX_MADV_WILLNEED
#define MADV_DONTNEED   POSIX_MADV_DONTNEED
#endif

__BEGIN_DECLS
void *mmap(void *, size_t, int, int, int, off_t);
int mprotect(void *, size_t, int);
int msync(void *, size_t, int);
int munmap(void *, size_t);
int posix_madvise(void *, size_t, int);
int mlock(const void *, size_t);
int mlockall(int);
int munlock(const void *, size_t);
int munlockall(void);
int shm_open(const char *, int, mode_t);
int shm_unlink(const char *);
#if __MACHR_VISIBLE
int madvise(void *, size_t, int);
#endif
__END_DECLS

#endif
