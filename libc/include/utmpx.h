/* SPDX-License-Identifier: BSD-2-Clause */
/* The data base of who uses the system: records in a file. */
#ifndef UTMPX_H
#define UTMPX_H

#include <bits/timeval.h>
#include <bits/types.h>

typedef __pid_t pid_t;

struct utmpx {
	char ut_user[32];
	char ut_id[4];
	char ut_line[32];
	pid_t ut_pid;
	short ut_type;
	struct timeval ut_tv;
};

#define EMPTY         0
#define BOOT_TIME     2
#define NEW_TIME      3
#define OLD_TIME      4
#define INIT_PROCESS  5
#define LOGIN_PROCESS 6
#define USER_PROCESS  7
#define DEAD_PROCESS  8
#if __MACHR_VISIBLE
#define UTMPX_FILE "/var/utmpx"
#endif

__BEGIN_DECLS
void endutxent(void);
struct utmpx *getutxent(void);
struct utmpx *getutxid(const struct utmpx *);
struct utmpx *getutxline(const struct utmpx *);
struct utmpx *pututxline(const struct utmpx *);
void setutxent(void);
__END_DECLS

#endif
