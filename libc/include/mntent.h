/* SPDX-License-Identifier: BSD-2-Clause */
/* Lists of mounted file systems, as in /proc/mounts. */
#ifndef MNTENT_H
#define MNTENT_H

#include <stdio.h>

__BEGIN_DECLS
#define MOUNTED        "/proc/mounts"
#define MNTTAB         "/etc/fstab"

#define MNTTYPE_IGNORE "ignore"
#define MNTTYPE_SWAP   "swap"
#define MNTOPT_RO      "ro"
#define MNTOPT_RW      "rw"

struct mntent {
	char *mnt_fsname;
	char *mnt_dir;
	char *mnt_type;
	char *mnt_opts;
	int mnt_freq;
	int mnt_passno;
};

/* fopen() and fclose(), which is always 1. */
FILE *setmntent(const char *, const char *);
int endmntent(FILE *);
/* The next entry, or NULL. Without _r in memory that the next call uses. */
struct mntent *getmntent(FILE *);
struct mntent *getmntent_r(FILE *, struct mntent *, char *, int);
/* Where the option stands in mnt_opts, or NULL. */
char *hasmntopt(const struct mntent *, const char *);
__END_DECLS

#endif
