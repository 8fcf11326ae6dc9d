/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting for children. */
#ifndef SYS_WAIT_H
#define SYS_WAIT_H

#include <bits/types.h>
#include <bits/wait.h>
#include <signal.h>

typedef __id_t id_t;
typedef __pid_t pid_t;
typedef enum { P_ALL, P_PID, P_PGID } idtype_t;

#define WSTOPPED          2
#define WEXITED           4
#define WCONTINUED        8
#define WNOWAIT           0x01000000

#define WCOREDUMP(status) ((status)&0x80)

__BEGIN_DECLS
pid_t wait(int *);
int waitid(idtype_t, id_t, siginfo_t *, int);
pid_t waitpid(pid_t, int *, int);
#if __MACHR_VISIBLE
struct rusage;
pid_t wait3(int *, int, struct rusage *);
pid_t wait4(pid_t, int *, int, struct rusage *);
#endif
__END_DECLS

#endif
