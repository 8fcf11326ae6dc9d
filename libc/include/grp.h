/* SPDX-License-Identifier: BSD-2-Clause */
/* The group data base. */
#ifndef GRP_H
#define GRP_H

#include <bits/types.h>

typedef __gid_t gid_t;
typedef __size_type size_t;

struct group {
	char *gr_name;
	char *gr_passwd;
	gid_t gr_gid;
	char **gr_mem;
};

__BEGIN_DECLS
struct group *getgrgid(gid_t);
int getgrgid_r(gid_t, struct group *, char *, size_t, struct group **);
struct group *getgrnam(const char *);
int getgrnam_r(const char *, struct group *, char *, size_t, struct group **);
#if __XSI_VISIBLE
void endgrent(void);
struct group *getgrent(void);
void setgrent(void);
#endif
#if __MACHR_VISIBLE
int getgrouplist(const char *, gid_t, gid_t *, int *);
int initgroups(const char *, gid_t);
int setgroups(size_t, const gid_t[]);
#endif
__END_DECLS

#endif
