/* SPDX-License-Identifier: BSD-2-Clause */
/* File status. */
#ifndef SYS_STAT_H
#define SYS_STAT_H

#include <bits/timespec.h>
#include <bits/types.h>

typedef __blkcnt_t blkcnt_t;
typedef __blksize_t blksize_t;
typedef __dev_t dev_t;
typedef __gid_t gid_t;
typedef __ino_t ino_t;
typedef __mode_t mode_t;
typedef __nlink_t nlink_t;
typedef __off_t off_t;
typedef __time_t time_t;
typedef __uid_t uid_t;

struct stat {
	dev_t st_dev;
	ino_t st_ino;
	mode_t st_mode;
	nlink_t st_nlink;
	uid_t st_uid;
	gid_t st_gid;
	dev_t st_rdev;
	off_t st_size;
	blksize_t st_blksize;
	blkcnt_t st_blocks;
	struct timespec st_atim;
	struct timespec st_mtim;
	struct timespec st_ctim;
};
#define st_atime            st_atim.tv_sec
#define st_mtime            st_mtim.tv_sec
#define st_ctime            st_ctim.tv_sec

#define S_IFMT              0170000
#define S_IFSOCK            0140000
#define S_IFLNK             0120000
#define S_IFREG             0100000
#define S_IFBLK             0060000
#define S_IFDIR             0040000
#define S_IFCHR             0020000
#define S_IFIFO             0010000
#define S_ISUID             04000
#define S_ISGID             02000
#define S_ISVTX             01000
#define S_IRWXU             0700
#define S_IRUSR             0400
#define S_IWUSR             0200
#define S_IXUSR             0100
#define S_IRWXG             0070
#define S_IRGRP             0040
#define S_IWGRP             0020
#define S_IXGRP             0010
#define S_IRWXO             0007
#define S_IROTH             0004
#define S_IWOTH             0002
#define S_IXOTH             0001

#define S_ISBLK(mode)       (((mode)&S_IFMT) == S_IFBLK)
#define S_ISCHR(mode)       (((mode)&S_IFMT) == S_IFCHR)
#define S_ISDIR(mode)       (((mode)&S_IFMT) == S_IFDIR)
#define S_ISFIFO(mode)      (((mode)&S_IFMT) == S_IFIFO)
#define S_ISREG(mode)       (((mode)&S_IFMT) == S_IFREG)
#define S_ISLNK(mode)       (((mode)&S_IFMT) == S_IFLNK)
#define S_ISSOCK(mode)      (((mode)&S_IFMT) == S_IFSOCK)
#define S_TYPEISMQ(status)  0
#define S_TYPEISSEM(status) 0
#define S_TYPEISSHM(status) 0

#define UTIME_NOW           1073741823L
#define UTIME_OMIT          1073741822L

__BEGIN_DECLS
int chmod(const char *, mode_t);
int fchmod(int, mode_t);
int fchmodat(int, const char *, mode_t, int);
int fstat(int, struct stat *);
int fstatat(int, const char *__restrict_arg, struct stat *__restrict_arg, int);
int futimens(int, const struct timespec[2]);
int lstat(const char *__restrict_arg, struct stat *__restrict_arg);
int mkdir(const char *, mode_t);
int mkdirat(int, const char *, mode_t);
int mkfifo(const char *, mode_t);
int mkfifoat(int, const char *, mode_t);
#if __XSI_VISIBLE
int mknod(const char *, mode_t, dev_t);
int mknodat(int, const char *, mode_t, dev_t);
#endif
int stat(const char *__restrict_arg, struct stat *__restrict_arg);
mode_t umask(mode_t);
int utimensat(int, const char *, const struct timespec[2], int);
__END_DECLS

#endif
