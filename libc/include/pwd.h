/* SPDX-License-Identifier: BSD-2-Clause */
/* The user data base. */
#ifndef PWD_H
#define PWD_H

#include <bits/types.h>

typedef __gid_t gid_t;
typedef __uid_t uid_t;
typedef __size_type size_t;

struct passwd {
	char *pw_name;
	char *pw_passwd;
	uid_t pw_uid;
	gid_t pw_gid;
	char *pw_gecos;
	char *pw_dir;
	char *pw_shell;
};

__BEGIN_DECLS
struct passwd *getpwnam(const char *);
int getpwnam_r(const char *, struct passwd *, char *, size_t, struct passwd **);
struct passwd *getpwuid(uid_t);
int getpwuid_r(uid_t, struct passwd *, char *, size_t, struct passwd **);
#if __XSI_VISIBLE
void endpwent(void);
struct passwd *getpwent(void);
void setpwent(void);
#endif
__END_DECLS

#endif
