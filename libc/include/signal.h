/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals. */
#ifndef SIGNAL_H
#define SIGNAL_H

#include <bits/timespec.h>
#include <bits/types.h>

typedef __pid_t pid_t;
typedef __size_type size_t;
typedef __uid_t uid_t;
typedef __clock_t clock_t;
typedef int sig_atomic_t;
typedef __sigset_t sigset_t;
#if __POSIX_VISIBLE
#include <bits/pthread_types.h>
#endif

#define SIG_DFL      ((void (*)(int))0)
#define SIG_IGN      ((void (*)(int))1)
#define SIG_ERR      ((void (*)(int)) - 1)
#define SIG_HOLD     ((void (*)(int))2)

#define SIGHUP       1
#define SIGINT       2
#define SIGQUIT      3
#define SIGILL       4
#define SIGTRAP      5
#define SIGABRT      6
#define SIGBUS       7
#define SIGFPE       8
#define SIGKILL      9
#define SIGUSR1      10
#define SIGSEGV      11
#define SIGUSR2      12
#define SIGPIPE      13
#define SIGALRM      14
#define SIGTERM      15
#define SIGSTKFLT    16
#define SIGCHLD      17
#define SIGCONT      18
#define SIGSTOP      19
#define SIGTSTP      20
#define SIGTTIN      21
#define SIGTTOU      22
#define SIGURG       23
#define SIGXCPU      24
#define SIGXFSZ      25
#define SIGVTALRM    26
#define SIGPROF      27
#define SIGWINCH     28
#define SIGPOLL      29
#define SIGPWR       30
#define SIGSYS       31
#define SIGIOT       SIGABRT
#define SIGIO        SIGPOLL
#define SIGRTMIN     33
#define SIGRTMAX     64
#define NSIG         65

#define SIG_BLOCK    0
#define SIG_UNBLOCK  1
#define SIG_SETMASK  2

#define SA_NOCLDSTOP 0x00000001
#define SA_NOCLDWAIT 0x00000002
#define SA_SIGINFO   0x00000004
#define SA_ONSTACK   0x08000000
#define SA_RESTART   0x10000000
#define SA_NODEFER   0x40000000
#define SA_RESETHAND 0x80000000

#define SS_ONSTACK   1
#define SS_DISABLE   2
#define MINSIGSTKSZ  4096
#define SIGSTKSZ     16384

#define SIGEV_SIGNAL 0
#define SIGEV_NONE   1
#define SIGEV_THREAD 2

union sigval {
	int sival_int;
	void *sival_ptr;
};

#if __POSIX_VISIBLE
typedef pthread_attr_t __sigev_attr_t;
#else
typedef void __sigev_attr_t;
#endif

struct sigevent {
	union sigval sigev_value;
	int sigev_signo;
	int sigev_notify;
	void (*sigev_notify_function)(union sigval);
	__sigev_attr_t *sigev_notify_attributes;
};

typedef struct {
	int si_signo;
	int si_code;
	int si_errno;
	pid_t si_pid;
	uid_t si_uid;
	int si_status;
	void *si_addr;
	union sigval si_value;
	long si_band;
} siginfo_t;

#define SI_USER       0
#define SI_QUEUE      (-1)
#define SI_TIMER      (-2)
#define SI_MESGQ      (-3)
#define SI_ASYNCIO    (-4)
#define ILL_ILLOPC    1
#define ILL_ILLOPN    2
#define ILL_ILLADR    3
#define ILL_ILLTRP    4
#define ILL_PRVOPC    5
#define ILL_PRVREG    6
#define ILL_COPROC    7
#define ILL_BADSTK    8
#define FPE_INTDIV    1
#define FPE_INTOVF    2
#define FPE_FLTDIV    3
#define FPE_FLTOVF    4
#define FPE_FLTUND    5
#define FPE_FLTRES    6
#define FPE_FLTINV    7
#define FPE_FLTSUB    8
#define SEGV_MAPERR   1
#define SEGV_ACCERR   2
#define BUS_ADRALN    1
#define BUS_ADRERR    2
#define BUS_OBJERR    3
#define TRAP_BRKPT    1
#define TRAP_TRACE    2
#define CLD_EXITED    1
#define CLD_KILLED    2
#define CLD_DUMPED    3
#define CLD_TRAPPED   4
#define CLD_STOPPED   5
#define CLD_CONTINUED 6
#define POLL_IN       1
#define POLL_OUT      2
#define POLL_MSG      3
#define POLL_ERR      4
#define POLL_PRI      5
#define POLL_HUP      6

struct sigaction {
	union {
		void (*__handler)(int);
		void (*__action)(int, siginfo_t *, void *);
	} __function;
	sigset_t sa_mask;
	unsigned sa_flags;
};
#define sa_handler   __function.__handler
#define sa_sigaction __function.__action

typedef struct {
	void *ss_sp;
	int ss_flags;
	size_t ss_size;
} stack_t;

#include <bits/mcontext.h>

typedef struct __ucontext {
	struct __ucontext *uc_link;
	sigset_t uc_sigmask;
	stack_t uc_stack;
	mcontext_t uc_mcontext;
} ucontext_t;

__BEGIN_DECLS
int raise(int);
void (*signal(int, void (*)(int)))(int);
#if __POSIX_VISIBLE
int kill(pid_t, int);
int killpg(pid_t, int);
void psiginfo(const siginfo_t *, const char *);
void psignal(int, const char *);
int sigaction(int, const struct sigaction *__restrict_arg,
    struct sigaction *__restrict_arg);
int sigaddset(sigset_t *, int);
int sigaltstack(const stack_t *__restrict_arg, stack_t *__restrict_arg);
int sigdelset(sigset_t *, int);
int sigemptyset(sigset_t *);
int sigfillset(sigset_t *);
int siginterrupt(int, int);
int sigismember(const sigset_t *, int);
int pthread_kill(__pthread_t, int);
int pthread_sigmask(
    int, const sigset_t *__restrict_arg, sigset_t *__restrict_arg);
int sigpending(sigset_t *);
int sigprocmask(int, const sigset_t *__restrict_arg, sigset_t *__restrict_arg);
int sigqueue(pid_t, int, union sigval);
int sigsuspend(const sigset_t *);
int sigtimedwait(const sigset_t *__restrict_arg, siginfo_t *__restrict_arg,
    const struct timespec *__restrict_arg);
int sigwait(const sigset_t *__restrict_arg, int *__restrict_arg);
int sigwaitinfo(const sigset_t *__restrict_arg, siginfo_t *__restrict_arg);
#endif
#if __XSI_VISIBLE
int sighold(int);
int sigignore(int);
int sigpause(int);
int sigrelse(int);
void (*sigset(int, void (*)(int)))(int);
#endif
__END_DECLS

#endif
