/* SPDX-License-Identifier: BSD-2-Clause */
/* Directories. */
#ifndef DIRENT_H
#define DIRENT_H

#include <bits/types.h>

typedef __ino_t ino_t;
#if __MACHR_VISIBLE || __XSI_VISIBLE
typedef __size_type size_t;
typedef __ssize_t ssize_t;
#endif

typedef struct __dirstream DIR;
struct dirent {
	ino_t d_ino;
	__off_t d_off;
	unsigned short d_reclen;
	unsigned char d_type;
	char d_name[256];
};
#if __MACHR_VISIBLE
#define DT_UNKNOWN   0
#define DT_FIFO      1
#define DT_CHR       2
#define DT_DIR       4
#define DT_BLK       6
#define DT_REG       8
#define DT_LNK       10
#define DT_SOCK      12
#define IFTODT(mode) (((mode)&0170000) >> 12)
#define DTTOIF(type) ((type) << 12)
#endif

__BEGIN_DECLS
int alphasort(const struct dirent **, const struct dirent **);
int closedir(DIR *);
int dirfd(DIR *);
DIR *fdopendir(int);
DIR *opendir(const char *);
struct dirent *readdir(DIR *);
int readdir_r(DIR *__restrict_arg, struct dirent *__restrict_arg,
    struct dirent **__restrict_arg);
void rewinddir(DIR *);
int scandir(const char *, struct dirent ***, int (*)(const struct dirent *),
    int (*)(const struct dirent **, const struct dirent **));
#if __XSI_VISIBLE
void seekdir(DIR *, long);
long telldir(DIR *);
#endif
__END_DECLS

#endif
