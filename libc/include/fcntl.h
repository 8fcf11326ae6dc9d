/* SPDX-License-Identifier: BSD-2-Clause */
/* File control. */
#ifndef FCNTL_H
#define FCNTL_H

#include <bits/types.h>
#include <sys/stat.h>

typedef __mode_t mode_t;
typedef __off_t off_t;
typedef __pid_t pid_t;

#define O_ACCMODE   0000003
#define O_RDONLY    0000000
#define O_WRONLY    0000001
#define O_RDWR      0000002
#define O_CREAT     0000100
#define O_EXCL      0000200
#define O_NOCTTY    0000400
#define O_TRUNC     0001000
#define O_APPEND    0002000
#define O_NONBLOCK  0004000
#define O_DSYNC     0010000
#define O_DIRECTORY 0200000
#define O_NOFOLLOW  0400000
#define O_CLOEXEC   02000000
#define O_SYNC      04010000
#define O_RSYNC     O_SYNC
#define O_SEARCH    010000000
#define O_EXEC      O_SEARCH
#define O_TTY_INIT  0
#if __MACHR_VISIBLE
#define O_PATH   0x10000000 /* FS_LOOKUP_PATH */
#define O_NDELAY O_NONBLOCK
#endif

#define F_DUPFD         0
#define F_GETFD         1
#define F_SETFD         2
#define F_GETFL         3
#define F_SETFL         4
#define F_GETLK         5
#define F_SETLK         6
#define F_SETLKW        7
#define F_SETOWN        8
#define F_GETOWN        9
#define F_DUPFD_CLOEXEC 1030

#define FD_CLOEXEC      1

#define F_RDLCK         0
#define F_WRLCK         1
#define F_UNLCK         2

#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#if __MACHR_VISIBLE
#define SEEK_DATA 3
#define SEEK_HOLE 4
#endif

#define AT_FDCWD            (-100)
#define AT_SYMLINK_NOFOLLOW 0x100
#define AT_REMOVEDIR        0x200
#define AT_EACCESS          0x200
#define AT_SYMLINK_FOLLOW   0x400
#if __MACHR_VISIBLE
#define AT_EMPTY_PATH 0x1000
#endif

#define POSIX_FADV_NORMAL     0
#define POSIX_FADV_RANDOM     1
#define POSIX_FADV_SEQUENTIAL 2
#define POSIX_FADV_WILLNEED   3
#define POSIX_FADV_DONTNEED   4
#define POSIX_FADV_NOREUSE    5

struct flock {
	short l_type;
	short l_whence;
	off_t l_start;
	off_t l_len;
	pid_t l_pid;
};

__BEGIN_DECLS
int creat(const char *, mode_t);
int fcntl(int, int, ...);
int open(const char *, int, ...);
int openat(int, const char *, int, ...);
int posix_fadvise(int, off_t, off_t, int);
int posix_fallocate(int, off_t, off_t);
__END_DECLS

#endif
